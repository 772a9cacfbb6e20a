package dev.cortado.drivers.acpi;

import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.AmlInteger;
import dev.cortado.drivers.acpi.aml.AmlObject;
import dev.cortado.drivers.acpi.aml.AmlString;
import java.util.HexFormat;

/** Names of kinds of devices, as _HID and _CID have them (ACPI 6.5, 6.1.2 and 6.1.5). */
final class HardwareId {
    private static final HexFormat HEXADECIMAL = HexFormat.of().withUpperCase();

    private static final int LETTERS = 3;
    private static final int LETTER_BITS = 5;
    private static final int LETTER_MASK = 0x1f;

    /** Of the letter whose code is 0: A is 1. */
    private static final int BEFORE_A = 'A' - 1;

    private HardwareId() {}

    /** A string is one; a number is a compressed EISA ID, such as PNP0A03 (19.3.4). */
    static String of(AmlObject value) throws AmlException {
        return switch (value) {
            case AmlString text -> text.text();
            case AmlInteger(long number) -> eisa((int) number);
            default -> throw new AmlException("A hardware ID that is " + value.type());
        };
    }

    /** Big-endian: three letters of five bits each, and four hexadecimal digits. */
    private static String eisa(int number) {
        int id = Integer.reverseBytes(number);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LETTERS; i++) {
            int shift = Short.SIZE + (LETTERS - 1 - i) * LETTER_BITS;
            text.append((char) (BEFORE_A + (id >>> shift & LETTER_MASK)));
        }
        return text.append(HEXADECIMAL.toHexDigits((short) id)).toString();
    }
}
