package dev.cortado.runtime.file.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.storage.partition.PartitionTable.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GptTest {
    /** Linux's file systems, as gdisk and systemd know them. */
    private static final Guid LINUX =
            Guid.parse("0fc63daf-8483-4772-8e79-3d69d8477de4").orElseThrow();

    private static final Guid FIRST =
            Guid.parse("11111111-2222-3333-4444-555555555555").orElseThrow();
    private static final Guid SECOND =
            Guid.parse("fedcba98-7654-3210-fedc-ba9876543210").orElseThrow();

    private final TestDisk disk = new TestDisk(512);

    private TestDisk usual() {
        return disk.gpt(0, LINUX, FIRST, 100, 199, "root")
                .gpt(3, LINUX, SECOND, 200, 200, "the data of all of us, in thirty-six")
                .seal();
    }

    private static List<Integer> numbers(PartitionTable table) {
        return table.partitions().stream().map(Partition::number).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void partitionsAreFound(int sectorBytes) throws Exception {
        TestDisk large = new TestDisk(sectorBytes);
        large.gpt(0, LINUX, FIRST, 100, 199, "root").seal();
        assertEquals(
                new PartitionTable(
                        Kind.GPT,
                        List.of(
                                new Partition(
                                        1,
                                        100L * sectorBytes,
                                        100L * sectorBytes,
                                        LINUX.toString(),
                                        FIRST.toString(),
                                        "root")),
                        List.of()),
                large.table());
    }

    @Test
    void aNameMayFillItsField() throws Exception {
        assertEquals(List.of(1, 4), numbers(usual().table()));
        String label = disk.table().partitions().get(1).label();
        assertEquals("the data of all of us, in thirty-six", label);
        assertEquals(36, label.length());
    }

    /** Any bit of the header, or of an entry that is used. */
    @ParameterizedTest
    @CsvSource({"512, 92", "1024, 128", "1408, 128"})
    void theBackupIsThereForADamagedTable(int from, int bytes) throws Exception {
        List<Partition> whole = usual().table().partitions();
        for (int bit = 0; bit < bytes * 8; bit += 3) {
            int at = from + bit / 8;
            byte before = disk.bytes().get(at);
            disk.bytes().put(at, (byte) (before ^ 1 << bit % 8));
            PartitionTable table = disk.table();
            assertEquals(whole, table.partitions(), "bit " + bit);
            assertEquals(2, table.problems().size(), "bit " + bit);
            assertEquals(
                    "vda: the GPT's backup at the disk's end is used", table.problems().getLast());
            disk.bytes().put(at, before);
        }
    }

    @Test
    void withoutBothThereAreNoPartitions() throws Exception {
        usual().bytes().put(512, (byte) 'e').put(4095 * 512, (byte) 'e');
        assertEquals(
                new PartitionTable(
                        Kind.GPT,
                        List.of(),
                        List.of(
                                "vda: the GPT's header: it is not there",
                                "vda: the GPT's backup in sector 4095: it is not there")),
                disk.table());
    }

    @Test
    void aHeaderForAnotherPlaceIsNone() throws Exception {
        usual();
        byte[] backup = new byte[512];
        disk.bytes().get(4095 * 512, backup).put(512, backup).put(4095 * 512, new byte[512]);
        assertEquals(
                "vda: the GPT's header: it is for another place", disk.table().problems().get(0));
    }

    /** Numbers that nobody has damaged, but that make no sense. */
    @ParameterizedTest
    @CsvSource({
        "12, 91, its size is wrong",
        "12, 513, its size is wrong",
        "12, -1, its size is wrong",
        "8, 131072, it has an unknown revision",
        "40, 0, its sectors for partitions are not on the disk",
        "48, 4096, its sectors for partitions are not on the disk",
        "72, 0, its entries are not on the disk",
        "72, 4095, its entries are not on the disk",
        "76, -1, its entries are not on the disk",
        "80, -1, 'its entries are too many, or of a wrong size'",
        "80, 3000, 'its entries are too many, or of a wrong size'",
        "80, 127, its entries' checksum is wrong",
        "84, 0, 'its entries are too many, or of a wrong size'",
        "84, 64, 'its entries are too many, or of a wrong size'",
        "84, 129, 'its entries are too many, or of a wrong size'",
        "84, -128, 'its entries are too many, or of a wrong size'",
    })
    void aHeadersNumbersAreChecked(int field, int value, String problem) throws Exception {
        usual().bytes().putInt(512 + field, value);
        disk.sum(1);
        PartitionTable table = disk.table();
        assertEquals("vda: the GPT's header: " + problem, table.problems().get(0));
        assertFalse(table.partitions().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "33, 40",
        "0, 10",
        "200, 199",
        "4000, 4063",
        "100, 9223372036854775807",
        "-9223372036854775808, 100",
        "-1, -1",
    })
    void anEntryOutsideOfWhatItMayHaveIsLeftOut(long first, long last) throws Exception {
        disk.gpt(0, LINUX, FIRST, first, last, "bad").gpt(1, LINUX, SECOND, 50, 60, "good").seal();
        PartitionTable table = disk.table();
        assertEquals(List.of(2), numbers(table));
        String problem = table.problems().get(0);
        assertTrue(problem.startsWith("vda: partition 1 is left out: sectors "), problem);
    }

    @Test
    void withoutAProtectiveMbrItIsNone() throws Exception {
        usual().mbr(0, 0, 0x83, 100, 100);
        assertEquals(Kind.MBR, disk.table().kind());
    }
}
