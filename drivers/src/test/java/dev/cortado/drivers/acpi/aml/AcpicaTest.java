package dev.cortado.drivers.acpi.aml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What methods return, compared with what ACPICA's acpiexec (20200925) says of the same table. Each
 * of the tables is there as source, as iasl's bytes ({@code iasl -f -of -oa}), and with acpiexec's
 * answers: {@code name value}, a line for each method, each called in a machine of its own.
 */
final class AcpicaTest {
    @TestFactory
    List<DynamicTest> values() throws IOException {
        return tests("values");
    }

    @TestFactory
    List<DynamicTest> fieldsOfRegions() throws IOException {
        return tests("fields");
    }

    @TestFactory
    List<DynamicTest> namesAndScopes() throws IOException {
        return tests("names");
    }

    @TestFactory
    List<DynamicTest> integersOf32Bits() throws IOException {
        return tests("narrow");
    }

    @TestFactory
    List<DynamicTest> controlFlow() throws IOException {
        return tests("control");
    }

    private static List<DynamicTest> tests(String table) throws IOException {
        byte[] aml = resource(table + ".aml");
        String answers = new String(resource(table + ".txt"), StandardCharsets.UTF_8);
        return answers.lines()
                .map(line -> line.split(" ", 2))
                .map(line -> dynamicTest(line[0], () -> compare(aml, line[0], line[1])))
                .toList();
    }

    private static void compare(byte[] aml, String method, String answer) throws AmlException {
        AmlInterpreter interpreter =
                new AmlInterpreter(new RegionModel(), AmlHost.NONE, AmlLimits.DEFAULT);
        assertEquals(List.of(), interpreter.load(aml));
        NamespaceNode node = interpreter.root().child(method);
        String result;
        try {
            result = text(interpreter, interpreter.evaluate(node));
        } catch (AmlException e) {
            assertEquals("error", answer.split(" ")[0], e.getMessage());
            return;
        }
        assertEquals(answer, result);
    }

    private static String text(AmlInterpreter interpreter, AmlObject value) throws AmlException {
        return switch (value) {
            case AmlInteger(long number) -> Long.toHexString(number).toUpperCase();
            case AmlString string -> string.toString();
            case AmlBuffer buffer ->
                    '{' + HexFormat.of().withUpperCase().formatHex(buffer.toByteArray()) + '}';
            case AmlPackage elements -> {
                StringJoiner text = new StringJoiner(", ", "[", "]");
                for (int i = 0; i < elements.length(); i++) {
                    text.add(text(interpreter, interpreter.resolve(elements.get(i))));
                }
                yield text.toString();
            }
            default -> value.toString();
        };
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = AcpicaTest.class.getResourceAsStream(name)) {
            return stream.readAllBytes();
        }
    }
}
