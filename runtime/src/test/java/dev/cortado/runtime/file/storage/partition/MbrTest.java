package dev.cortado.runtime.file.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.storage.partition.PartitionTable.Kind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MbrTest {
    private static final int LINUX = 0x83;
    private static final int EXTENDED = 0x05;

    private final TestDisk disk = new TestDisk(512);

    private static List<Integer> numbers(PartitionTable table) {
        return table.partitions().stream().map(Partition::number).toList();
    }

    @Test
    void aDiskWithoutATableIsOnePiece() throws Exception {
        assertEquals(new PartitionTable(Kind.NONE, List.of(), List.of()), disk.table());
        ByteStorage small = new ByteStorage("vda", new byte[0], 512);
        assertEquals(Kind.NONE, PartitionTable.read(small).kind());
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void primaryPartitionsHaveTheirPlacesNumbers(int sectorBytes) throws Exception {
        TestDisk large = new TestDisk(sectorBytes);
        large.bytes().putInt(440, 0x0cf4b7e1);
        large.mbr(0, 0, LINUX, 8, 100).mbr(0, 2, 0x0c, 200, 50);
        PartitionTable table = large.table();
        assertEquals(Kind.MBR, table.kind());
        assertEquals(
                List.of(
                        new Partition(
                                1, 8L * sectorBytes, 100L * sectorBytes, "83", "0cf4b7e1-01", ""),
                        new Partition(
                                3, 200L * sectorBytes, 50L * sectorBytes, "0c", "0cf4b7e1-03", "")),
                table.partitions());
        assertEquals(List.of(), table.problems());
    }

    @Test
    void logicalPartitionsAreAChainFromFiveOn() throws Exception {
        disk.mbr(0, 1, EXTENDED, 1000, 2000);
        disk.mbr(1000, 0, LINUX, 10, 50).mbr(1000, 1, EXTENDED, 500, 100);
        disk.mbr(1500, 0, LINUX, 20, 60).mbr(1500, 1, EXTENDED, 900, 100);
        disk.mbr(1900, 0, LINUX, 30, 70);
        PartitionTable table = disk.table();
        assertEquals(List.of(5, 6, 7), numbers(table));
        assertEquals(1010 * 512, table.partitions().get(0).start());
        assertEquals(1520 * 512, table.partitions().get(1).start());
        assertEquals(1930 * 512, table.partitions().get(2).start());
        assertEquals(70 * 512, table.partitions().get(2).bytes());
    }

    @Test
    void aChainThatLeadsBackEnds() throws Exception {
        disk.mbr(0, 0, EXTENDED, 1000, 2000);
        disk.mbr(1000, 0, LINUX, 10, 50).mbr(1000, 1, EXTENDED, 0, 100);
        PartitionTable table = disk.table();
        assertEquals(List.of(5), numbers(table));
        assertEquals(256, table.problems().size(), "each that overlaps the first, and the end");
        String last = table.problems().getLast();
        assertEquals("vda: more than 256 logical partitions are left out", last);
    }

    @Test
    void aChainDoesNotLeaveItsPartition() throws Exception {
        disk.mbr(0, 0, EXTENDED, 1000, 2000);
        disk.mbr(1000, 0, LINUX, 10, 50).mbr(1000, 1, EXTENDED, 2000, 100);
        disk.mbr(3000, 0, LINUX, 10, 50);
        PartitionTable table = disk.table();
        assertEquals(List.of(5), numbers(table));
        assertEquals(
                List.of("vda: logical partitions go on at sector 3000, outside of theirs"),
                table.problems());
    }

    @Test
    void aLogicalPartitionIsInsideItsExtendedOne() throws Exception {
        disk.mbr(0, 0, EXTENDED, 1000, 100).mbr(1000, 0, LINUX, 10, 91);
        assertEquals(
                List.of("vda: partition 5 is left out: it is outside of its extended one"),
                disk.table().problems());
        assertEquals(List.of(), disk.table().partitions());
    }

    @Test
    void whatIsNotOnTheDiskIsLeftOut() throws Exception {
        disk.mbr(0, 0, LINUX, 4000, 97).mbr(0, 1, LINUX, 4000, 96).mbr(0, 2, LINUX, -1, -1);
        PartitionTable table = disk.table();
        assertEquals(List.of(2), numbers(table));
        assertEquals(
                List.of(
                        "vda: partition 1 is left out: sectors 4000 to 4096 are not all on the"
                                + " disk, which has 4096",
                        "vda: partition 3 is left out: sectors 4294967295 to 8589934589 are not"
                                + " all on the disk, which has 4096"),
                table.problems());
    }

    @Test
    void whatOverlapsIsLeftOut() throws Exception {
        disk.mbr(0, 0, LINUX, 100, 100).mbr(0, 1, LINUX, 199, 10).mbr(0, 2, LINUX, 200, 10);
        PartitionTable table = disk.table();
        assertEquals(List.of(1, 3), numbers(table));
        assertEquals(
                List.of("vda: partition 2 is left out: it overlaps partition 1"), table.problems());
    }

    /** A boot sector of FAT ends with the same two bytes, and has code where entries are. */
    @Test
    void aFileSystemsBootSectorIsNoTable() throws Exception {
        disk.mbr(0, 0, LINUX, 100, 100);
        disk.bytes().put(446 + 16, (byte) 0x7c);
        assertEquals(Kind.NONE, disk.table().kind());
    }

    @Test
    void anyBytesAtAllAreRead() throws Exception {
        Random random = new Random(1);
        byte[] bytes = disk.bytes().array();
        for (int i = 0; i < 200; i++) {
            random.nextBytes(bytes);
            for (int sector = 0; sector < TestDisk.SECTORS; sector++) {
                int type = random.nextInt(3) == 0 ? LINUX : EXTENDED;
                disk.mbr(sector, 0, LINUX, random.nextInt(4200), random.nextInt(1, 100));
                disk.mbr(sector, 1, type, random.nextInt(4200), random.nextInt(1, 4200));
                disk.mbr(sector, 2, 0, 0, 0).mbr(sector, 3, 0, 0, 0);
            }
            PartitionTable table = disk.table();
            assertEquals(Kind.MBR, table.kind());
            for (Partition partition : table.partitions()) {
                assertTrue(partition.start() >= 0 && partition.bytes() > 0);
                assertTrue(partition.start() + partition.bytes() <= bytes.length);
            }
        }
    }
}
