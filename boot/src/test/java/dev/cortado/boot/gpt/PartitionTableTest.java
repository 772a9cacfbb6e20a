package dev.cortado.boot.gpt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.Tool;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PartitionTableTest {
    private static final UUID DISK = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final UUID ONE = UUID.fromString("11111111-2222-3333-4444-555555555555");
    private static final UUID OTHER = UUID.fromString("66666666-7777-8888-9999-aaaaaaaaaaaa");

    private final ByteBuffer disk = ByteBuffer.allocate(1 << 20);

    @Test
    void sgdiskFindsNothingWrong() throws Exception {
        write(partition(40, 24), new Partition(Partition.EFI_SYSTEM, OTHER, 64, 1951, "System"));
        List<String> verified = Tool.onFile(disk, "sgdisk", "-v");
        assertTrue(
                verified.stream().anyMatch(line -> line.startsWith("No problems found")),
                verified.toString());
        List<String> printed = Tool.onFile(disk, "sgdisk", "-p");
        String all = String.join("\n", printed).replaceAll(" +", " ");
        assertTrue(all.contains("(GUID): 00112233-4455-6677-8899-AABBCCDDEEFF"), all);
        assertTrue(all.contains(" 1 40 63 12.0 KiB EF02 one"), all);
        assertTrue(all.contains(" 2 64 2014 975.5 KiB EF00 System"), all);
    }

    @Test
    void sgdiskSeesThatAByteIsWrong() throws Exception {
        write(partition(40, 24));
        disk.put(512 + 60, (byte) 1);
        List<String> verified = Tool.onFile(disk, "sgdisk", "-v");
        assertTrue(verified.toString().contains("CRC"), verified.toString());
    }

    /** The example of UEFI 2.10, appendix A, in the order that its table A.1 gives. */
    @Test
    void guidsAreInEfisOrder() {
        assertArrayEquals(
                HexFormat.of().parseHex("33221100554477668899aabbccddeeff"), Guid.bytes(DISK));
        assertArrayEquals(
                HexFormat.of().parseHex("28732ac11ff8d211ba4b00a0c93ec93b"),
                Guid.bytes(Partition.EFI_SYSTEM));
    }

    @Test
    void partitionsStayApartAndOnTheDisk() {
        assertThrows(IllegalArgumentException.class, () -> partition(33, 1));
        assertThrows(IllegalArgumentException.class, () -> partition(40, 0));
        refuses(partition(40, 24), partition(63, 1));
        refuses(partition(64, 1), partition(40, 1));
        refuses(partition(40, 2048 - 40 - 32));
        write(partition(40, 2048 - 40 - 33));
    }

    @Test
    void namesHaveTheirLimit() {
        String name = "x".repeat(37);
        var error =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Partition(Partition.BIOS_BOOT, ONE, 40, 1, name));
        assertEquals("the name of a partition is too long: " + name, error.getMessage());
    }

    private void refuses(Partition... partitions) {
        assertThrows(IllegalArgumentException.class, () -> write(partitions));
    }

    private void write(Partition... partitions) {
        PartitionTable.write(disk, DISK, List.of(partitions));
    }

    private static Partition partition(long first, long sectors) {
        return new Partition(Partition.BIOS_BOOT, ONE, first, sectors, "one");
    }
}
