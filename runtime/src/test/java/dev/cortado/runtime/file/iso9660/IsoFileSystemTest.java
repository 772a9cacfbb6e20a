package dev.cortado.runtime.file.iso9660;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes made by hand: what tools do not make. */
final class IsoFileSystemTest {
    private final IsoBytes volume = new IsoBytes();

    private static Inode find(IsoFileSystem mounted, String name) throws FileException {
        return mounted.lookup(mounted.root(), FileName.of(name));
    }

    private static List<String> names(IsoFileSystem mounted) throws FileException {
        List<String> names = new ArrayList<>();
        DirectoryEntry entry = mounted.nextEntry(mounted.root(), DirectoryEntry.START);
        while (entry != null) {
            names.add(entry.name().toString());
            entry = mounted.nextEntry(mounted.root(), entry.cookie());
        }
        return names;
    }

    private void assertDamaged(String name, String message) throws FileException {
        IsoFileSystem mounted = volume.mount();
        FileException e = Fails.with(Errno.EUCLEAN, () -> find(mounted, name));
        assertEquals("vda, at byte " + message + ": Structure needs cleaning", e.getMessage());
    }

    private static long nanos(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    /** Each part ends anywhere. */
    @Test
    void aFileHasSeveralParts() throws Exception {
        volume.add("A", 50, 3, IsoBytes.CONTINUED, IsoBytes.name("parts"));
        volume.add("A", 45, 0, IsoBytes.CONTINUED, IsoBytes.name("parts"));
        volume.add("A", 48, 2050, IsoBytes.CONTINUED, IsoBytes.name("parts"));
        volume.add("A", 52, 1, 0, IsoBytes.name("parts"));
        volume.add("B", 53, 7, 0);
        Arrays.fill(volume.bytes, 50 * 2048, 51 * 2048, (byte) 1);
        Arrays.fill(volume.bytes, 48 * 2048, 50 * 2048, (byte) 2);
        Arrays.fill(volume.bytes, 52 * 2048, 53 * 2048, (byte) 3);
        IsoFileSystem mounted = volume.mount();
        assertEquals(List.of("parts", "b"), names(mounted));
        Inode file = find(mounted, "parts");
        assertEquals(2054, mounted.attributes(file).size());
        byte[] content = new byte[2054];
        assertEquals(2054, mounted.read(file, 0, ByteBuffer.wrap(content)));
        byte[] expected = new byte[2054];
        Arrays.fill(expected, (byte) 2);
        Arrays.fill(expected, 0, 3, (byte) 1);
        expected[2053] = 3;
        assertArrayEquals(expected, content);
        byte[] end = new byte[4];
        assertEquals(3, mounted.read(file, 2051, ByteBuffer.wrap(end)));
        assertArrayEquals(new byte[] {2, 2, 3, 0}, end);
        assertEquals(0, mounted.read(file, 2054, ByteBuffer.wrap(end)));
    }

    @Test
    void aLastPartIsMissing() throws Exception {
        int at = volume.next();
        volume.add("A", 50, 3, IsoBytes.CONTINUED);
        volume.add("B", 50, 3, 0);
        assertDamaged("a", at + ": a file without its last part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unit", "gap", "SF", "ZF"})
    void contentsThatAreNotUnderstood(String how) throws Exception {
        int at = volume.next();
        byte[] use = how.length() == 2 ? IsoBytes.field(how, 1, 2, 3, 4) : new byte[0];
        volume.add("A", 50, 3, 0, use);
        if (use.length == 0) {
            volume.bytes[at + (how.equals("unit") ? 26 : 27)] = 1;
        }
        IsoFileSystem mounted = volume.mount();
        Inode file = find(mounted, "a");
        Fails.with(Errno.EOPNOTSUPP, () -> mounted.read(file, 0, ByteBuffer.allocate(1)));
    }

    @Test
    void directoriesInThemselves() throws Exception {
        volume.add("A", 60, 2048, IsoBytes.DIRECTORY);
        volume.enter(60, new byte[0]);
        int at = volume.next();
        volume.add("UP", IsoBytes.ROOT, 2048, IsoBytes.DIRECTORY);
        volume.add("DOT", 60, 2048, IsoBytes.DIRECTORY);
        IsoFileSystem mounted = volume.mount();
        Inode below = find(mounted, "a");
        assertEquals(mounted.root(), mounted.parent(below));
        for (String name : List.of("up", "dot")) {
            FileException e =
                    Fails.with(Errno.EUCLEAN, () -> mounted.lookup(below, FileName.of(name)));
            int record = name.equals("up") ? at : at + 36;
            assertEquals("vda, at byte " + record + ": a directory that is in itself", e.path());
        }
    }

    @Test
    void areasThatGoOnWithThemselves() throws Exception {
        int at = volume.next();
        volume.add("A", 50, 3, 0, IsoBytes.both("CE", 62, 100, 28));
        byte[] again = IsoBytes.both("CE", 62, 100, 28);
        System.arraycopy(again, 0, volume.bytes, 62 * 2048 + 100, again.length);
        assertDamaged("a", at + ": more than 32 system use areas");
    }

    @Test
    void areasThatGoOn() throws Exception {
        volume.add("A", 50, 3, 0, IsoBytes.both("CE", 62, 100, 60), IsoBytes.field("NM", 1, 'b'));
        byte[] more =
                IsoBytes.join(
                        IsoBytes.name("cd"),
                        IsoBytes.both("PX", 0100640, 3, 7, 8, 5),
                        IsoBytes.field("ST"),
                        IsoBytes.name("not"));
        System.arraycopy(more, 0, volume.bytes, 62 * 2048 + 100, more.length);
        IsoFileSystem mounted = volume.mount();
        Attributes attributes = mounted.attributes(find(mounted, "bcd"));
        assertEquals(0100640, attributes.mode());
        assertEquals(3, attributes.links());
        assertEquals(7, attributes.owner());
        assertEquals(8, attributes.group());
    }

    @Test
    void timesOfBothForms() throws Exception {
        byte[] text = "2031123123595942".getBytes();
        int[] data = new int[1 + 17 * 2];
        data[0] = 0x80 | 1 | 2;
        for (int i = 0; i < 16; i++) {
            data[1 + i] = text[i];
            data[18 + i] = i < 4 ? text[i] : '0' + (i == 5 || i == 7 ? 1 : 0);
        }
        data[17] = -8;
        volume.add("A", 50, 3, 0, IsoBytes.field("TF", data));
        int[] dates = {4 | 8, 70, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 0};
        volume.add("B", 50, 3, 0, IsoBytes.field("TF", dates));
        IsoFileSystem mounted = volume.mount();
        Attributes first = mounted.attributes(find(mounted, "a"));
        assertEquals(nanos("2032-01-01T01:59:59.420Z"), first.created());
        assertEquals(nanos("2031-01-01T00:00:00Z"), first.modified());
        assertEquals(nanos("2024-02-29T22:59:58Z"), first.accessed());
        Attributes second = mounted.attributes(find(mounted, "b"));
        assertEquals(1_000_000_000, second.accessed());
        assertEquals(nanos("1901-01-01T00:00:00Z"), second.changed());
        assertEquals(nanos("2024-02-29T22:59:58Z"), second.modified());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "..", "nul\0"})
    void namesThatAreNone(String name) throws Exception {
        int at = volume.next();
        volume.add("A", 50, 3, 0, IsoBytes.name(name));
        IsoFileSystem mounted = volume.mount();
        FileException e = Fails.with(Errno.EUCLEAN, () -> names(mounted));
        assertEquals("vda, at byte " + at + ": \"" + name + "\" is no name", e.path());
    }

    @Test
    void recordsThatReachOut() throws Exception {
        int at = volume.next();
        volume.bytes[at] = 20;
        assertDamaged("a", at + ": a directory record of 20 bytes, not " + (41 * 2048 - at));
        volume.bytes[at] = 40;
        volume.bytes[at + 32] = 8;
        assertDamaged("a", at + ": a name of 8 bytes in 40");
    }

    @Test
    void contentsOutside() throws Exception {
        volume.add("A", 50, 1 << 20, 0);
        volume.add("B", -1, 5, 0);
        volume.add("C", -1, 2048, IsoBytes.DIRECTORY);
        volume.add("D", 55, 2048, IsoBytes.DIRECTORY);
        IsoFileSystem mounted = volume.mount();
        for (String name : List.of("a", "b")) {
            Inode file = find(mounted, name);
            ByteBuffer all = ByteBuffer.allocate(1 << 20);
            Fails.with(Errno.EUCLEAN, () -> mounted.read(file, 0, all));
        }
        Fails.with(Errno.EUCLEAN, () -> find(mounted, "c"));
        assertDamaged("d", 55 * 2048 + ": there is no directory");
    }

    @Test
    void associatedFilesAreNotShown() throws Exception {
        volume.add("A", 50, 3, IsoBytes.ASSOCIATED);
        volume.add("A", 51, 4, 0);
        IsoFileSystem mounted = volume.mount();
        assertEquals(List.of("a"), names(mounted));
        assertEquals(4, mounted.attributes(find(mounted, "a")).size());
    }

    /** CD-ROM XA has 14 bytes in front of each area. */
    @Test
    void areasBehindThoseOfOthers() throws Exception {
        byte[] others = new byte[14];
        Arrays.fill(others, (byte) 'X');
        IsoBytes disc =
                new IsoBytes(2048, IsoBytes.join(others, IsoBytes.field("SP", 0xbe, 0xef, 14)));
        disc.add("A", 50, 3, 0, others, IsoBytes.name("long name"));
        assertEquals(List.of("long name"), names(disc.mount()));
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024})
    void smallerBlocks(int blockBytes) throws Exception {
        IsoBytes disc = new IsoBytes(blockBytes, new byte[0]);
        int root = IsoBytes.ROOT * blockBytes;
        disc.add("FILE.;1", 200 * 512 / blockBytes, 1, 0);
        disc.bytes[200 * 512] = 9;
        // The rest of the first block is empty.
        byte[] record = Arrays.copyOfRange(disc.bytes, disc.next() - 40, disc.next());
        record[33] = 'M';
        System.arraycopy(record, 0, disc.bytes, root + blockBytes, 40);
        IsoFileSystem mounted = disc.mount();
        assertEquals(List.of("file", "mile"), names(mounted));
        ByteBuffer one = ByteBuffer.allocate(1);
        assertEquals(1, mounted.read(find(mounted, "mile"), 0, one));
        assertEquals(9, one.get(0));
    }

    @Test
    void callsOnTheWrongKindFail() throws Exception {
        volume.add("A", 50, 3, 0);
        volume.add("L", 50, 3, 0, IsoBytes.both("PX", 0120777, 1, 0, 0));
        volume.add("P", 50, 3, 0, IsoBytes.both("PX", 0010600, 1, 0, 0));
        IsoFileSystem mounted = volume.mount();
        Inode file = find(mounted, "a");
        Fails.with(Errno.ENOENT, () -> find(mounted, "b"));
        Fails.with(Errno.ENOTDIR, () -> mounted.lookup(file, FileName.of("b")));
        Fails.with(Errno.EISDIR, () -> mounted.read(mounted.root(), 0, ByteBuffer.allocate(1)));
        Fails.with(Errno.EINVAL, () -> mounted.readLink(file));
        Fails.with(Errno.EUCLEAN, () -> find(mounted, "l"));
        Fails.with(Errno.EROFS, () -> mounted.truncate(file, 0));
        Fails.with(Errno.EROFS, () -> mounted.create(mounted.root(), FileName.of("n"), 0));
        assertEquals(FileKind.PIPE, find(mounted, "p").kind());
        assertNull(mounted.nextEntry(mounted.root(), -1));
        assertNull(mounted.nextEntry(mounted.root(), Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> volume.mount().attributes(file));
    }

    @Test
    void whatIsNoVolumeIsRefused() throws Exception {
        volume.bytes[0x8000 + 129] = 1;
        FileException e = Fails.with(Errno.EINVAL, volume::mount);
        assertEquals("vda: its iso9660 has blocks of 256 bytes", e.path());
        volume.bytes[0x8001] = 0;
        e = Fails.with(Errno.EINVAL, volume::mount);
        assertEquals("vda: there is no iso9660 on it", e.path());
    }

    /** Joliet has letters enough for names of which UTF-8 makes more bytes than a name may have. */
    @Test
    void longNamesOfJolietAreCut() throws Exception {
        IsoBytes joliet = IsoBytes.joliet();
        joliet.addWide("a" + "\u65e5".repeat(90) + ";1", 50, 10);
        joliet.addWide("short;1", 50, 20);
        IsoFileSystem mounted = joliet.mount();
        DirectoryEntry first = mounted.nextEntry(mounted.root(), DirectoryEntry.START);
        assertEquals("a" + "\u65e5".repeat(84), first.name().toString());
        assertEquals(10, mounted.attributes(mounted.lookup(mounted.root(), first.name())).size());
        DirectoryEntry second = mounted.nextEntry(mounted.root(), first.cookie());
        assertEquals("short", second.name().toString());
    }
}
