package component

import "strconv"

// Number is a whole number as people read it: "12,345".
func Number[N int | int64](n N) string {
	if n < 0 {
		return "-" + Number(-n)
	}
	if n < 1000 {
		return strconv.FormatInt(int64(n), 10)
	}
	return Number(n/1000) + "," + strconv.FormatInt(int64(1000+n%1000), 10)[1:]
}
