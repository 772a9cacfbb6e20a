package dev.cortado.runtime.file.vfat;

/** The characters of short names (IBM code page 437), whose first half is ASCII. */
final class CodePage437 {
    private static final int ASCII = 128;

    private static final String SECOND_HALF =
            "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ"
                    + "áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
                    + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
                    + "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

    private CodePage437() {}

    static char character(byte code) {
        int number = Byte.toUnsignedInt(code);
        return number < ASCII ? (char) number : SECOND_HALF.charAt(number - ASCII);
    }
}
