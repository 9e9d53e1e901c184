package demo

import "strings"

// firstNames and lastNames are common in the United Kingdom, of many origins.
// People here are invented: who has such a name has it by chance.
var (
	firstNames = strings.Fields(`
		Abigail Adebayo Adam Adeel Aditi Agnieszka Ahmed Aisha Alan Alastair Alex Alexandra Alice Alison Amara Amelia Amina Amir
		Amy Ana Andrea Andrew Angela Anita Anjali Ann Anna Anneka Anthony Arjun Asha Ashley Ayesha Barbara Beatrice Ben Beth
		Bethan Beverley Bilal Blessing Brenda Brian Bronwen Callum Camille Carl Carol Caroline Carys Catherine Charles Charlotte
		Chen Chiara Chidi Chinwe Chloé Chloe Christine Christopher Ciara Claire Clare Connor Craig Cristina Daisy Daniel Daniela
		David Dawn Deborah Deepa Denise Derek Diana Donna Dorothy Dylan Eilidh Elaine Eleanor Elena Elif Elizabeth Ella Ellen
		Emily Emma Emmanuel Erin Esther Ethan Eva Eve Faith Farah Fatima Fiona Folake Frances Francesca Freya Gabriela Gareth
		Gary Gemma George Georgia Gillian Grace Graham Gurpreet Gwen Hamza Hana Hannah Harpreet Harriet Harry Hassan Hazel Heather
		Helen Henry Hilary Holly Hope Hugh Ian Ibrahim Ifeoma Imogen Ines Ingrid Irene Isabel Isla Ivana Jack Jacob Jacqueline
		Jade Jake James Jamila Jan Jane Janet Janice Jasmine Jason Jaya Jean Jennifer Jessica Jill Joan Joanna Joanne João John
		Jonathan José Joseph Joshua Joy Joyce Judith Julia Julie June Karen Karolina Kate Katarzyna Katherine Kathleen Katie
		Kavita Kayleigh Keith Kelly Kenneth Kerry Kevin Khadija Kieran Kiran Kirsty Krystyna Kwame Laura Lauren Layla Leah Leanne
		Leila Lena Leo Lesley Lewis Liam Lily Linda Lisa Lorraine Louise Lucia Lucy Luke Lydia Lynn Łukasz Małgorzata Manjit
		Manuel Margaret Maria Marie Marion Mark Marta Martin Mary Matthew Maureen Maya Mei Melanie Melissa Mercy Michael Michelle
		Miriam Mohammed Molly Monica Morag Muhammad Nadia Naomi Natalia Natalie Natasha Nathan Neil Neha Ngozi Niamh Nicholas
		Nicola Nicole Nigel Nikhil Nisha Noah Nora Olena Oliver Olivia Olu Omar Oluwaseun Owen Paige Pamela Patience Patricia
		Patrick Paul Paula Pauline Peter Petra Philip Philippa Phoebe Piotr Pooja Precious Preeti Priya Rachel Rajesh Ravi
		Rebecca Rhian Rhys Richard Rita Robert Robyn Roisin Róisín Rosa Rose Rosemary Ruby Ruth Ryan Sabina Sadia Safiya Sally
		Samantha Samuel Sandra Sanjay Sara Sarah Sean Shabana Shannon Sharon Sheila Shreya Siân Simon Siobhan Søren Sofia Sonia
		Sophie Stacey Stefan Stephanie Stephen Steven Sunita Susan Suzanne Svetlana Syed Tamara Tanya Tara Tendai Teresa Thandiwe
		Theresa Thomas Tiffany Timothy Tina Toby Tracey Uzma Valerie Vanessa Veronica Victoria Vikram Virginia Vivien Wei
		Wendy William Winnie Xin Yasmin Yetunde Yuki Yusuf Yvonne Zainab Zara Zoë Zoe Zofia`)
	lastNames = strings.Fields(`
		Abbott Abdi Abdullah Acheampong Adams Adeleke Adeyemi Agarwal Ahmad Ahmed Akhtar Akinola Alam Ali Allen Amoah Anderson
		Andrews Anwar Appiah Armstrong Arora Asante Ashton Atkins Atkinson Austin Bailey Baker Balogun Banerjee Banks Barker
		Barnes Barrett Barton Bates Begum Bell Bennett Bhatt Bianchi Björk Black Boateng Booth Bose Boyle Bradley Brennan
		Brooks Brown Bryant Burke Burns Butler Byrne Campbell Carr Carter Chan Chapman Chaudhry Chen Cheung Chowdhury Chukwu
		Clark Clarke Cohen Cole Coleman Collins Connolly Cook Cooper Costa Cox Craig Crawford Cruz Cunningham Dale Daly Das
		Davies Davis Dawson Dean Desai Diaz Dixon Doherty Douglas Doyle Dubois Duffy Duncan Dunn Edwards Egan Eze Ellis Evans
		Farrell Fernandes Fernández Ferreira Fisher Fitzgerald Fleming Fletcher Forbes Ford Foster Fox Francis Fraser Gallagher
		Gardner George Gibson Gill Gonçalves González Gordon Graham Grant Gray Green Greenwood Griffiths Gupta Hall Hamilton Harding
		Harper Harris Harrison Hart Hassan Hayes Henderson Henry Hewitt Hill Ho Hoang Holmes Horvat Howard Hughes Hunt Hunter
		Hussain Hussein Ibrahim Iqbal Islam Ivanova Jackson Jacobs Jain James Jenkins Jensen Johnson Johnston Jones Joshi Kamara
		Kapoor Kaur Kelly Kennedy Khalid Khan Kim King Knight Kowalska Kowalski Kozłowska Kumar Lam Lambert Lane Lawrence Lawson Le
		Lee Lewandowska Lewis Li Lloyd Lopez Love Lynch Macdonald Mackay Mackenzie Mahmood Malik Mann Marsh Marshall Martin Mason
		Matthews May Mbeki McCarthy McDonald McGrath McKenna McLean Mehta Mensah Miah Miller Mills Mirza Mistry Mitchell Mohamed
		Moore Morales Moreno Morgan Morris Morrison Moyo Müller Murphy Murray Musa Mwangi Nair Ncube Ndlovu Nelson Newman Newton
		Nguyen Nicholson Nkosi Novák Nowak O’Brien O’Connor O’Neill O’Sullivan Obi Odum Ogunleye Okafor Okeke Okonkwo Oliver Osei
		Owen Owusu Page Palmer Papadopoulos Park Parker Parmar Parsons Patel Pathak Payne Pearce Pearson Pereira Perry Peters
		Petrov Phillips Pillai Pinto Popescu Porter Powell Price Quinn Qureshi Rahman Rai Ram Rana Rao Rashid Reddy Reed Rees
		Reid Reynolds Richards Richardson Riley Roberts Robertson Robinson Rodrigues Rogers Rose Ross Rossi Roy Russell Ryan
		Sahota Saleh Sánchez Sanders Santos Schmidt Scott Sesay Shah Shaikh Sharma Shaw Sheikh Silva Simpson Singh Smith Sørensen
		Spencer Stephens Stevens Stewart Stone Sutherland Suleman Sullivan Szymańska Tang Taylor Thapa Thomas Thompson Thomson
		Torres Tran Tucker Turner Uddin Underwood Usman Varga Varma Wade Walker Wallace Walsh Wang Ward Warren Watkins Watson
		Watts Webb Webster Wells West White Wilkinson Williams Williamson Willis Wilson Wójcik Wong Wood Woods Wright Wu Yang
		Yates Yeboah Yilmaz Young Yusuf Zhang Zhou Zieliński`)
)

// plain takes from names what stands in no address of a mailbox.
var plain = strings.NewReplacer(
	"á", "a", "ã", "a", "â", "a", "ç", "c", "é", "e", "ë", "e", "í", "i", "ł", "l", "Ł", "l", "ń", "n", "ó", "o", "ö", "o", "ø", "o",
	"ü", "u", "’", "", " ", "", "-", "")

// colleague is somebody who works at the faculty, invented like everybody here.
type colleague struct{ name, role string }

// colleagues are the accounts that the demonstration adds.
var colleagues = []colleague{
	{"Amara Holt", "lead"}, {"Gareth Osei", "lead"},
	{"Bethan Quinn", "reviewer"}, {"Chidi Marsh", "reviewer"}, {"Fiona Rahman", "reviewer"}, {"Harpreet Dale", "reviewer"},
	{"Isla Nowak", "reviewer"}, {"Omar Whitby", "reviewer"}, {"Rosa Thackeray", "reviewer"},
	{"Kavita Lindsey", "editor"}, {"Toby Ashton", "editor"}, {"Wendy Kirk", "viewer"},
}
