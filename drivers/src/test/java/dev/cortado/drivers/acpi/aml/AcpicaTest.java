package dev.cortado.drivers.acpi.aml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.Tables;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What names stand for, compared with what ACPICA's acpiexec (20200925) says of the same tables,
 * all of whose regions are full of zeros: {@code name value}, a line for each name, each in a
 * machine of its own. Left out are packages too large for it to print, and a _CID that it puts into
 * upper case. Our own tables are there as source, too, of which {@code iasl -f -of -oa} made them.
 */
final class AcpicaTest {
    @TestFactory
    List<DynamicTest> values() {
        return methods("values");
    }

    @TestFactory
    List<DynamicTest> fieldsOfRegions() {
        return methods("fields");
    }

    @TestFactory
    List<DynamicTest> namesAndScopes() {
        return methods("names");
    }

    @TestFactory
    List<DynamicTest> integersOf32Bits() {
        return methods("narrow");
    }

    @TestFactory
    List<DynamicTest> controlFlow() {
        return methods("control");
    }

    private static List<DynamicTest> methods(String table) {
        byte[] aml = Tables.bytes("aml/" + table + ".aml");
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Tables.lines("aml/" + table + ".txt")) {
            String[] words = line.split(" ", 2);
            tests.add(dynamicTest(words[0], () -> compare(aml, words[0], words[1])));
        }
        return tests;
    }

    static void compare(byte[] aml, String method, String answer) throws AmlException {
        AmlInterpreter interpreter =
                new AmlInterpreter(new RegionModel(), AmlHost.NONE, AmlLimits.DEFAULT);
        assertEquals(List.of(), interpreter.load(aml));
        compare(interpreter, "\\" + method, answer);
    }

    private static void compare(AmlInterpreter interpreter, String path, String answer)
            throws AmlException {
        NamespaceNode node = interpreter.find(interpreter.root(), path);
        String result;
        try {
            result = Texts.of(interpreter, interpreter.evaluate(node));
        } catch (AmlException e) {
            assertEquals("error", answer.split(" ")[0], path + ": " + e.getMessage());
            return;
        }
        assertEquals(answer, result, path);
    }

    @Test
    void q35() throws AmlException {
        machine("q35.txt", "q35-dsdt.aml", "vmgenid-ssdt.aml");
    }

    @Test
    void pc() throws AmlException {
        machine("pc.txt", "pc-dsdt.aml");
    }

    @Test
    void microvm() throws AmlException {
        machine("microvm.txt", "microvm-dsdt.aml");
        machine("microvm-pcie.txt", "microvm-pcie-dsdt.aml");
    }

    private static void machine(String answers, String... names) throws AmlException {
        List<byte[]> tables = List.of(names).stream().map(Tables::bytes).toList();
        for (String line : Tables.lines(answers)) {
            String[] words = line.split(" ", 2);
            AcpiMachine machine =
                    AcpiMachine.load(tables, new RegionModel(), AmlHost.NONE, AmlLimits.DEFAULT);
            assertEquals(List.of(), machine.problems());
            // acpiexec leaves the interrupt model alone.
            if (!words[0].equals("\\PICF")) {
                compare(machine.interpreter(), words[0], words[1]);
            }
        }
    }
}
