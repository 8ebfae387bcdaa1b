"""Pieces that cost a careless expression most when they are repeated."""

HOSTILE = (
    "a", "1", "0", "@", "a@", "a. ", "1 ", "1-", "A.", "J. ", "een", "nul ", "de ", "van de ", "Jan ", "jan ", "mevrouw ", "www.", "a.b.",
    "http://", "at ", "l", "O|", "\u200b", "é", "NL91", "12-", "12-03-", "geboren ", "12 maart ", "Straat ", "Kerkstraat 1 ", "x.nl ",
    "instagram ", "dossier ", "nummer is ", "kenteken ", "A-", "AB-12-", "1234 A", "(", "'", "\n", "A B ", "😀", "𝟎", "dubbel nul ", "heet ",
    "zoon ", "Xa Ya ", "Xandora ", "A1 ", "1a ", "Q-1 ", "Kerkstraat ", "12 AB ", "auto 12 ab ", "facebook a.b ", "a_", "streep 1 ", "nl 11 ",
    "geb 1 ", "wordt 1 ", "a4a ", "punt ", "NL91 ", "rekening is ", "bel haar ", "honderd", "punt ", "0 6 ", "+31 ", ". ", "<script>", "\x00",
)  # fmt: skip
