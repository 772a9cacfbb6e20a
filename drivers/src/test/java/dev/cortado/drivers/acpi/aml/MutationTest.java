package dev.cortado.drivers.acpi.aml;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.HostileCases;
import dev.cortado.drivers.acpi.AcpiDevice;
import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.PciRouting;
import dev.cortado.drivers.acpi.Tables;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tables with some bytes changed, cut off or made up: loaded, and all names evaluated. Whatever
 * they are, there is a result or an {@link AmlException}, and accesses stay within regions.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class MutationTest {
    /** Small, so that what loops for ever is found out soon; a load takes about a step a byte. */
    private static AmlLimits limits(byte[] table) {
        return new AmlLimits(300 + table.length, 40, 32_768, 2_000, 1_000);
    }

    private final CheckedRegions regions = new CheckedRegions();
    private long loaded;
    private long evaluated;
    private long refused;

    @Test
    void changedBytes() {
        mutate("microvm-dsdt.aml", 30_000, 1);
        mutate("vmgenid-ssdt.aml", 20_000, 2);
        mutate("aml/fields.aml", 3_000, 3);
        mutate("aml/control.aml", 2_000, 4);
        mutate("aml/names.aml", 1_500, 5);
        mutate("aml/values.aml", 500, 6);
        mutate("aml/narrow.aml", 3_000, 7);
        mutate("routes.aml", 1_500, 8);
        assertTrue(loaded > 30_000, "loaded " + loaded);
        assertTrue(evaluated > 300_000, "evaluated " + evaluated);
        assertTrue(refused > 30_000, "refused " + refused);
        assertTrue(regions.accesses() > 20_000, "accesses " + regions.accesses());
    }

    @Test
    void changedBytesOfLargeTables() {
        mutate("q35-dsdt.aml", 100, 9);
        mutate("pc-dsdt.aml", 100, 10);
        mutate("microvm-pcie-dsdt.aml", 500, 11);
    }

    /** Opcodes that go together more often than bytes do. */
    @Test
    void madeUpTerms() {
        Random random = new Random(12);
        byte[] words = {
            0x00,
            0x01,
            0x08,
            0x0a,
            0x0d,
            0x10,
            0x11,
            0x12,
            0x13,
            0x14,
            0x2e,
            0x5b,
            0x60,
            0x61,
            0x68,
            0x70,
            0x71,
            0x72,
            0x73,
            0x75,
            (byte) 0x80,
            (byte) 0x83,
            (byte) 0x86,
            (byte) 0x87,
            (byte) 0x88,
            (byte) 0x8a,
            (byte) 0x8e,
            (byte) 0x93,
            (byte) 0x96,
            (byte) 0x98,
            (byte) 0x9d,
            (byte) 0x9e,
            (byte) 0xa0,
            (byte) 0xa1,
            (byte) 0xa2,
            (byte) 0xa4,
            (byte) 0xa5,
            (byte) 0xff,
            0x12,
            0x13,
            0x23,
            0x25,
            0x27,
            (byte) 0x80,
            (byte) 0x81,
            (byte) 0x82,
            (byte) 0x86,
            (byte) 0x87,
            'A',
            'A',
            '_',
            '_',
            '\\',
            '^'
        };
        for (int i = 0; i < HostileCases.of(200_000); i++) {
            byte[] terms = new byte[4 + random.nextInt(60)];
            for (int at = 0; at < terms.length; at++) {
                terms[at] =
                        random.nextInt(6) == 0
                                ? (byte) random.nextInt(64)
                                : words[random.nextInt(words.length)];
            }
            run(Tables.dsdt(terms), "terms " + i);
        }
    }

    /** The length in the header is right, and so is the checksum: blocks are cut off inside. */
    @Test
    void cutTables() {
        for (String name : List.of("microvm-dsdt.aml", "aml/fields.aml", "aml/names.aml")) {
            byte[] table = Tables.bytes(name);
            for (int length = 0; length < table.length; length++) {
                byte[] cut = Arrays.copyOf(table, length);
                run(length >= 36 ? Tables.seal(cut) : cut, name + " cut to " + length);
            }
        }
    }

    /** The list of devices with all that is asked of them. */
    @Test
    void machinesOfChangedTables() {
        Random random = new Random(13);
        byte[] original = Tables.bytes("routes.aml");
        for (int i = 0; i < HostileCases.of(3_000); i++) {
            byte[] table = change(original, random);
            try {
                List<byte[]> tables = List.of(table);
                AcpiMachine machine =
                        AcpiMachine.load(tables, regions, AmlHost.NONE, limits(table));
                machine.virtioMmio();
                ask(machine::generationIdAddress);
                for (AcpiDevice device : machine.devices()) {
                    ask(device::resources);
                    ask(() -> {
                        for (var route : PciRouting.of(device).orElseThrow().routes()) {
                            PciRouting.interrupt(route);
                        }
                    });
                }
            } catch (AmlException e) {
                refused++;
            }
        }
    }

    private interface Question {
        void ask() throws AmlException;
    }

    private void ask(Question question) {
        try {
            question.ask();
        } catch (AmlException e) {
            refused++;
        } catch (NoSuchElementException e) {
            // No routing.
        }
    }

    private void mutate(String name, int count, long seed) {
        Random random = new Random(seed);
        byte[] original = Tables.bytes(name);
        for (int i = 0; i < HostileCases.of(count); i++) {
            run(change(original, random), name + " " + i + " of seed " + seed);
        }
    }

    private static byte[] change(byte[] original, Random random) {
        byte[] table = original.clone();
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            int at = 36 + random.nextInt(table.length - 36);
            switch (random.nextInt(4)) {
                case 0 -> table[at] = (byte) random.nextInt();
                case 1 -> table[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> table[at] = original[36 + random.nextInt(table.length - 36)];
                default -> {
                    int length = random.nextInt(Math.min(12, table.length - at));
                    int from = 36 + random.nextInt(table.length - 36 - length);
                    System.arraycopy(original, from, table, at, length);
                }
            }
        }
        return Tables.seal(table);
    }

    private void run(byte[] table, String what) {
        try {
            AmlInterpreter interpreter = new AmlInterpreter(regions, AmlHost.NONE, limits(table));
            try {
                interpreter.load(table);
                loaded++;
            } catch (AmlException e) {
                refused++;
            }
            Deque<NamespaceNode> nodes = new ArrayDeque<>(interpreter.root().children());
            while (!nodes.isEmpty()) {
                NamespaceNode node = nodes.pop();
                nodes.addAll(node.children());
                evaluate(interpreter, node);
            }
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }

    private void evaluate(AmlInterpreter interpreter, NamespaceNode node) {
        int count = node.object() instanceof AmlMethod method ? method.arguments() : 0;
        AmlObject[] arguments = new AmlObject[count];
        Arrays.setAll(arguments, i -> argument(i, node));
        try {
            interpreter.evaluate(node, arguments);
            evaluated++;
        } catch (AmlException e) {
            refused++;
        }
    }

    private static AmlObject argument(int index, NamespaceNode node) {
        return switch (index) {
            case 0 -> new AmlBuffer(new byte[] {0x0f, 1, 2, 3});
            case 1 -> new AmlReference(node);
            default -> new AmlInteger(index);
        };
    }
}
