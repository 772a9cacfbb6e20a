package dev.cortado.runtime.file.vfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes made by hand: what tools do not make. */
final class VfatFileSystemTest {
    private static final int DIRECTORY = 0x10;
    private static final String SHORT = "SHORT   TXT";

    private final FatBytes volume = new FatBytes();

    private static Inode find(VfatFileSystem mounted, String name) throws FileException {
        return mounted.lookup(mounted.root(), FileName.of(name));
    }

    private static List<String> names(VfatFileSystem mounted, Inode directory)
            throws FileException {
        List<String> names = new ArrayList<>();
        DirectoryEntry entry = mounted.nextEntry(directory, DirectoryEntry.START);
        while (entry != null) {
            names.add(entry.name().toString());
            entry = mounted.nextEntry(directory, entry.cookie());
        }
        return names;
    }

    private List<String> names() throws FileException {
        VfatFileSystem mounted = volume.mount();
        return names(mounted, mounted.root());
    }

    private void assertDamaged(String message) throws FileException {
        VfatFileSystem mounted = volume.mount();
        Inode file = find(mounted, "short.txt");
        FileException e =
                Fails.with(Errno.EUCLEAN, () -> mounted.read(file, 0, ByteBuffer.allocate(5000)));
        assertEquals("vda, at byte " + message, e.path());
    }

    @Test
    void shortNames() throws Exception {
        volume.add(SHORT, 0, 0, 0);
        volume.add("SMALL   EXT", 0, 0, 0);
        volume.bytes[volume.next() - 32 + 12] = 0x10;
        volume.add("SMALL   BAS", 0, 0, 0);
        volume.bytes[volume.next() - 32 + 12] = 0x08;
        volume.add("SMALL   ALL", 0, 0, 0);
        volume.bytes[volume.next() - 32 + 12] = 0x18;
        volume.add("NONE       ", 0, 0, 0);
        volume.add("A B C   D E", 0, 0, 0);
        volume.add("LABEL      ", 8, 0, 0);
        volume.add("\u03c3\u00dc\u00c4 DEL    ", 0, 0, 0);
        volume.add("DELETED    ", 0, 0, 0);
        volume.bytes[volume.next() - 32] = (byte) 0xe5;
        volume.add(".          ", DIRECTORY, 0, 0);
        volume.add("..         ", DIRECTORY, 0, 0);
        volume.add("LAST       ", 0, 0, 0);
        volume.bytes[FatBytes.ROOT + 7 * 32] = 5;
        assertEquals(
                List.of(
                        "SHORT.TXT",
                        "SMALL.ext",
                        "small.BAS",
                        "small.all",
                        "NONE",
                        "A B C.D E",
                        "\u03c3\u00dc\u00c4 DEL",
                        "LAST"),
                names());
    }

    @Test
    void shortNamesAreInCodePage437() {
        for (int code = 0; code < 256; code++) {
            String expected = new String(new byte[] {(byte) code}, FatBytes.CODE_PAGE);
            assertEquals(expected, String.valueOf(CodePage437.character((byte) code)));
        }
    }

    @Test
    void longNames() throws Exception {
        int sum = FatBytes.checksum(SHORT);
        volume.addPart(0x42, sum, "more");
        volume.addPart(1, sum, "thirteen, and");
        volume.add(SHORT, 0, 0, 0);
        VfatFileSystem mounted = volume.mount();
        assertEquals(List.of("thirteen, andmore"), names());
        Inode file = find(mounted, "THIRTEEN, ANDMORE");
        assertEquals(file, find(mounted, "Short.txt"));
        assertEquals(FatBytes.ROOT + 64, file.number());
    }

    /** Programs that know nothing of long names leave parts where they are. */
    @ParameterizedTest
    @CsvSource({
        "66, 0, 1, 1, of another file",
        "66, 0, 1, 0, 'whole'",
        "67, 0, 1, 0, the second one is missing",
        "66, 0, 2, 0, the first one is missing",
        "2, 0, 1, 0, the last one is not marked",
        "66, 1, 1, 0, parts of two",
        "64, 0, 1, 0, number zero",
        "85, 0, 1, 0, more than twenty",
    })
    void partsThatDoNotBelong(int first, int otherSum, int second, int shift, String what)
            throws Exception {
        int sum = FatBytes.checksum(SHORT) + shift;
        volume.addPart(first, sum + otherSum, "b");
        volume.addPart(second, sum, "aaaaaaaaaaaaa");
        volume.add(SHORT, 0, 0, 0);
        boolean isWhole = what.equals("whole");
        assertEquals(List.of(isWhole ? "aaaaaaaaaaaaab" : "SHORT.TXT"), names());
    }

    /** 255 letters of three bytes each. */
    @Test
    void longNamesThatAreTooLong() throws Exception {
        int sum = FatBytes.checksum(SHORT);
        volume.numbers.putShort(17, (short) 32).putShort(19, (short) 103);
        volume.addPart(0x40 | 8, sum, "\u65e5".repeat(5));
        for (int part = 7; part > 0; part--) {
            volume.addPart(part, sum, "\u65e5".repeat(13));
        }
        volume.add(SHORT, 0, 0, 0);
        assertEquals(List.of("SHORT.TXT"), names());
    }

    @ParameterizedTest
    @CsvSource({
        "9, 9", "9, 5", "50, 5",
    })
    void chainsThatComeBack(int from, int to) throws Exception {
        volume.add(SHORT, 0, 5, 3000);
        for (int cluster = 5; cluster < from; cluster++) {
            volume.link(cluster, cluster + 1);
        }
        volume.link(from, to);
        VfatFileSystem mounted = volume.mount();
        Inode file = find(mounted, "short.txt");
        FileException e =
                Fails.with(Errno.EUCLEAN, () -> mounted.read(file, 0, ByteBuffer.allocate(1)));
        assertEquals(true, e.path().contains("a chain of clusters that comes back to"), e.path());
    }

    @Test
    void chainsThatLeaveTheVolume() throws Exception {
        volume.add(SHORT, 0, 5, 1000);
        volume.link(5, 102);
        assertDamaged(FatBytes.TABLE + 7 + ": behind cluster 5 there is no 102");
        volume.link(5, 0);
        assertDamaged(FatBytes.TABLE + 7 + ": behind cluster 5 there is no 0");
        volume.link(5, 0xff7);
        assertDamaged(FatBytes.TABLE + 7 + ": behind cluster 5 there is no 4087");
        volume.chain(5);
        assertDamaged(FatBytes.ROOT + ": a file of 1000 bytes with clusters for 512");
        volume.numbers.putShort(FatBytes.ROOT + 26, (short) 102);
        assertDamaged(FatBytes.ROOT + ": there is no cluster 102");
        volume.numbers.putShort(FatBytes.ROOT + 26, (short) 0);
        assertDamaged(FatBytes.ROOT + ": there is no cluster 0");
    }

    @Test
    void contentsInAnyOrder() throws Exception {
        volume.add(SHORT, 0, 101, 2000);
        volume.chain(101, 7, 8, 2);
        int[] clusters = {101, 7, 8, 2};
        byte[] expected = new byte[2000];
        for (int at = 0; at < expected.length; at++) {
            expected[at] = (byte) (at * 7 + at / 512);
            volume.bytes[FatBytes.DATA + (clusters[at / 512] - 2) * 512 + at % 512] = expected[at];
        }
        VfatFileSystem mounted = volume.mount();
        Inode file = find(mounted, "SHORT.TXT");
        for (int begin = 0; begin < 2000; begin += 37) {
            for (int length = 1; length < 2100; length += 211) {
                ByteBuffer to = ByteBuffer.allocate(length);
                int count = mounted.read(file, begin, to);
                assertEquals(Math.min(length, 2000 - begin), count);
                assertEquals(ByteBuffer.wrap(expected, begin, count), to.flip());
            }
        }
    }

    @Test
    void directoriesInThemselves() throws Exception {
        volume.add("ONE        ", DIRECTORY, 5, 0);
        volume.chain(5);
        volume.enter(5);
        volume.add(".          ", DIRECTORY, 5, 0);
        volume.add("..         ", DIRECTORY, 0, 0);
        volume.add("TWO        ", DIRECTORY, 6, 0);
        volume.add("UP         ", DIRECTORY, 0, 0);
        volume.add("SAME       ", DIRECTORY, 5, 0);
        volume.chain(6);
        volume.enter(6);
        volume.add("UP         ", DIRECTORY, 5, 0);
        VfatFileSystem mounted = volume.mount();
        Inode one = find(mounted, "one");
        assertEquals(mounted.root(), mounted.parent(one));
        assertEquals(List.of("TWO", "UP", "SAME"), names(mounted, one));
        Fails.with(Errno.EUCLEAN, () -> mounted.lookup(one, FileName.of("up")));
        Fails.with(Errno.EUCLEAN, () -> mounted.lookup(one, FileName.of("same")));
        Inode two = mounted.lookup(one, FileName.of("two"));
        assertEquals(one, mounted.parent(two));
        Fails.with(Errno.EUCLEAN, () -> mounted.lookup(two, FileName.of("up")));
    }

    @Test
    void timesAndPermissions() throws Exception {
        volume.add(SHORT, 1, 0, 0);
        int at = FatBytes.ROOT;
        volume.numbers.put(at + 13, (byte) 199);
        // 23:59:58 of 2024-02-29, and the last day that there is.
        volume.numbers.putShort(at + 14, (short) (23 << 11 | 59 << 5 | 29));
        volume.numbers.putShort(at + 16, (short) (44 << 9 | 2 << 5 | 29));
        volume.numbers.putShort(at + 18, (short) (127 << 9 | 12 << 5 | 31));
        volume.numbers.putShort(at + 22, (short) (1 << 5 | 1));
        volume.numbers.putShort(at + 24, (short) (1 << 5 | 1));
        VfatFileSystem mounted = volume.mount();
        Attributes attributes = mounted.attributes(find(mounted, "short.txt"));
        assertEquals(0100555, attributes.mode());
        assertEquals(nanos("2024-02-29T23:59:59.990Z"), attributes.created());
        assertEquals(nanos("2107-12-31T00:00:00Z"), attributes.accessed());
        assertEquals(nanos("1980-01-01T00:01:02Z"), attributes.modified());
        assertEquals(040755, mounted.attributes(mounted.root()).mode());
        volume.numbers.putShort(at + 24, (short) 0);
        VfatFileSystem again = volume.mount();
        assertEquals(0, again.attributes(find(again, "short.txt")).modified());
    }

    private static long nanos(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    @ParameterizedTest
    @CsvSource({
        "11, 2, 500, there is no vfat on it",
        "11, 2, 256, there is no vfat on it",
        "13, 1, 3, there is no vfat on it",
        "14, 2, 0, there is no vfat on it",
        "16, 1, 0, there is no vfat on it",
        "17, 2, 0, its vfat has no room for names",
        "19, 2, 3, its vfat has no room for files",
        "19, 2, 104, 'its vfat has 53248 bytes, and the disk only 52736'",
        "42, 2, 1, its FAT32 has a version that is not known",
        "40, 2, 129, its vfat has no allocation table 1",
    })
    void whatIsNoVolumeIsRefused(int at, int bytes, int value, String message) throws Exception {
        if (at == 40 || at == 42) {
            volume.numbers.putShort(22, (short) 0).putInt(36, 1).putInt(44, 2);
        }
        volume.numbers.put(at, (byte) value);
        if (bytes == 2) {
            volume.numbers.putShort(at, (short) value);
        }
        FileException e = Fails.with(Errno.EINVAL, volume::mount);
        assertEquals("vda: " + message, e.path());
    }

    /** Clusters that the table has no room for are not there. */
    @Test
    void aTableThatIsTooShort() throws Exception {
        volume.numbers.putShort(22, (short) 0).putInt(36, 1).putInt(44, 5);
        volume.numbers.putInt(FatBytes.TABLE + 5 * 4, 0x5fffffff);
        VfatFileSystem mounted = volume.mount();
        assertEquals(101, mounted.statistics().blocks());
        volume.numbers.putInt(44, 103);
        Fails.with(Errno.EUCLEAN, volume::mount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A/B     TXT", "           "})
    void shortNamesThatAreNone(String name) throws Exception {
        volume.add(name, 0, 0, 0);
        FileException e = Fails.with(Errno.EUCLEAN, this::names);
        assertEquals(true, e.path().endsWith(" is no name"), e.path());
    }

    @Test
    void callsOnTheWrongKindFail() throws Exception {
        volume.add(SHORT, 0, 0, 0);
        VfatFileSystem mounted = volume.mount();
        Inode file = find(mounted, "short.txt");
        Fails.with(Errno.ENOENT, () -> find(mounted, "b"));
        Fails.with(Errno.ENOTDIR, () -> mounted.lookup(file, FileName.of("b")));
        Fails.with(Errno.EISDIR, () -> mounted.read(mounted.root(), 0, ByteBuffer.allocate(1)));
        Fails.with(Errno.EINVAL, () -> mounted.readLink(file));
        Fails.with(Errno.EROFS, () -> mounted.truncate(file, 0));
        assertEquals(0, mounted.read(file, 0, ByteBuffer.allocate(1)));
        assertNull(mounted.nextEntry(mounted.root(), -1));
        assertNull(mounted.nextEntry(mounted.root(), Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> volume.mount().attributes(file));
    }
}
