package dev.cortado.drivers.acpi.aml;

import java.util.HexFormat;
import java.util.StringJoiner;

/** Values as the answers of acpiexec are written down in the tests' resources. */
final class Texts {
    private Texts() {}

    static String of(AmlInterpreter interpreter, AmlObject value) throws AmlException {
        return switch (value) {
            case null -> "nothing";
            case AmlInteger(long number) -> Long.toHexString(number).toUpperCase();
            case AmlString string -> string.toString();
            case AmlBuffer buffer ->
                    '{' + HexFormat.of().withUpperCase().formatHex(buffer.toByteArray()) + '}';
            case AmlPackage elements -> {
                StringJoiner text = new StringJoiner(", ", "[", "]");
                for (int i = 0; i < elements.length(); i++) {
                    text.add(of(interpreter, interpreter.resolve(elements.get(i))));
                }
                yield text.toString();
            }
            default -> value.toString();
        };
    }
}
