package dev.cortado.runtime.file.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.storage.partition.ByteStorage;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MounterTest {
    private static final int DISK_BYTES = 4 << 20;

    private final FileTree tree = new FileTree(new TmpFileSystem(1 << 20, 100, () -> 0), 0);
    private final List<String> calls = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final FakeKind kind = new FakeKind(calls);
    private final MountSet mounted = new MountSet(log::add);
    private final List<Disk> disks = new ArrayList<>();

    private ByteStorage disk(String name, String serialNumber) {
        ByteStorage storage = new ByteStorage(name, new byte[DISK_BYTES], 512);
        disks.add(new Disk(storage, serialNumber));
        return storage;
    }

    private ByteStorage formatted(String name, String serialNumber, String label) {
        ByteStorage storage = disk(name, serialNumber);
        superblock(storage, 0, label);
        return storage;
    }

    private static void superblock(ByteStorage storage, int at, String label) {
        ByteBuffer bytes = ByteBuffer.wrap(storage.array()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(at + 1024 + 0x38, (short) 0xef53);
        bytes.put(at + 1024 + 0x78, label.getBytes(StandardCharsets.US_ASCII));
    }

    /** Two partitions of a MiB each. */
    private static void divide(ByteStorage storage) {
        ByteBuffer bytes = ByteBuffer.wrap(storage.array()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(510, (short) 0xaa55).putInt(440, 0xabcd);
        for (int i = 0; i < 2; i++) {
            bytes.put(446 + 16 * i + 4, (byte) 0x83);
            bytes.putInt(446 + 16 * i + 8, 2048 * (i + 1)).putInt(446 + 16 * i + 12, 2048);
        }
    }

    private void mount(String... specs) throws MountException {
        List<MountSpec> parsed = new ArrayList<>();
        for (String spec : specs) {
            parsed.add(MountSpec.parse(spec, "the test"));
        }
        List<FileSystemKind> kinds = List.of(kind, new TmpfsKind(1 << 20, () -> 0));
        new Mounter(tree, disks, kinds, mounted, log::add).mount(new MountPlan(parsed));
    }

    private void assertRefused(String message, String... specs) {
        MountException e = assertThrows(MountException.class, () -> mount(specs));
        assertEquals(message, e.getMessage());
    }

    private List<String> paths() {
        return tree.mounts().stream()
                .map(mount -> new String(mount.path(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void itIsMountedAndTold() throws Exception {
        formatted("vda", "", "one");
        formatted("vdb", "WD-7", "two");
        mount("/data=vdb:ext4", "/scratch=:tmpfs,size=2m");
        assertEquals(List.of("/", "/data", "/scratch"), paths());
        assertEquals(
                List.of(
                        "/data: tmpfs of vdb (serial WD-7), 1.0 MiB, 0 B used, by the test",
                        "/scratch: tmpfs, 2.0 MiB, 0 B used, by the test"),
                log);
    }

    @Test
    void directoriesComeBeforeWhatIsInThem() throws Exception {
        formatted("vda", "", "one");
        formatted("vdb", "", "two");
        mount("/a/b/c=vda:ext4", "/a=vdb:ext4");
        assertEquals(List.of("/", "/a", "/a/b/c"), paths());
        assertEquals(List.of("mount vdb", "mount vda"), calls);
        mounted.unmount();
        assertEquals(List.of("unmount vda", "unmount vdb"), calls.subList(2, 4));
    }

    @ParameterizedTest
    @CsvSource({
        "vda2, vda2",
        "serial=S2, vdb",
        "label=two, vda2",
        "uuid=00000000-0000-0000-0000-000000000000, vda2",
        "partuuid=0000abcd-02, vda2",
    })
    void devicesAreFoundByTheirNames(String name, String device) throws Exception {
        ByteStorage first = disk("vda", "S1");
        divide(first);
        superblock(first, 2 << 20, "two");
        if (device.equals("vdb")) {
            formatted("vdb", "S2", "else");
        }
        mount("/data=" + name + ":ext4");
        assertEquals(List.of("mount " + device), calls);
    }

    @Test
    void aDiskThatIsNotThereIsToldWithThoseThatAre() {
        assertRefused(
                "/data: there is no disk vdb: the machine has none, by the test", "/data=vdb:ext4");
        divide(disk("vda", "S1"));
        assertRefused(
                "/data: there is no disk label=x, only vda (serial S1), vda1 (serial S1), vda2"
                        + " (serial S1), by the test",
                "/data=label=x:ext4");
    }

    @Test
    void twoOfOneNameAreNone() {
        formatted("vda", "", "data");
        formatted("vdb", "", "data");
        assertRefused(
                "/data: more than one disk is label=data: vda and vdb, by the test",
                "/data=label=data:ext4");
    }

    @Test
    void whatIsBlankIsFormattedIfThatIsWanted() throws Exception {
        disk("vda", "");
        assertRefused(
                "/data: vda is blank: format-if-blank makes a file system there, by the test",
                "/data=vda:ext4");
        assertEquals(List.of(), calls);
        mount("/data=vda:ext4,format-if-blank");
        assertEquals(List.of("format vda", "mount vda"), calls);
        assertEquals("/data: vda was blank, and has a new file system", log.get(0));
    }

    @Test
    void whatIsNotBlankIsNeverFormatted() throws Exception {
        ByteStorage storage = formatted("vda", "", "data");
        storage.array()[1024 + 0x38] = 0;
        assertRefused(
                "/data: vda has nothing on it that is known, by the test",
                "/data=vda:ext4,format-if-blank");
        ByteBuffer.wrap(storage.array()).put("XFSB".getBytes(StandardCharsets.US_ASCII));
        assertRefused("/data: vda has xfs on it, by the test", "/data=vda:ext4,format-if-blank");
        formatted("vdb", "", "other");
        mount("/data=vdb:ext4,format-if-blank");
        assertTrue(calls.stream().noneMatch(call -> call.startsWith("format")));
    }

    @Test
    void growingComesBeforeMounting() throws Exception {
        formatted("vda", "", "data");
        mount("/data=vda:ext4,grow");
        assertEquals(List.of("grow vda", "mount vda"), calls);
        assertEquals("/data: the file system was grown to all of vda", log.get(0));
    }

    @Test
    void whatIsOptionalMayFail() throws Exception {
        formatted("vda", "", "data");
        mount("/x=vdz:ext4,optional", "/data=vda:ext4");
        assertEquals(List.of("/", "/data"), paths());
        assertEquals(
                "/x: there is no disk vdz, only vda, by the test; it is optional, and left out",
                log.get(0));
        formatted("vdb", "", "more");
        kind.fails = true;
        assertRefused("/y: vdb: Input/output error, by the test", "/y=vdb:ext4");
    }

    @Test
    void aDeviceIsMountedOnce() throws Exception {
        ByteStorage first = disk("vda", "");
        divide(first);
        superblock(first, 1 << 20, "one");
        superblock(first, 2 << 20, "two");
        superblock(first, 0, "all");
        mount("/a=vda1:ext4", "/b=vda2:ext4");
        assertRefused("/c: vda1 is mounted on /a, by the test", "/c=vda1:ext4");
        assertRefused("/c: vda1 is mounted on /a, by the test", "/c=vda:ext4");
        mounted.unmount();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a=vda:zfs | /a: there is no file system \"zfs\", by the test",
                "/a=:ext4 | /a: ext4 needs a device, such as vdb, by the test",
                "/a=vda:tmpfs | /a: tmpfs has no device: write none for it, by the test",
                "/a=:tmpfs,sync | /a: tmpfs has no option \"sync\", by the test",
                "/a=:tmpfs,size=1x | /a: \"size=1x\" is no size such as 64m, by the test",
                "/a=:tmpfs,size=999999999999g | /a: \"size=999999999999g\" is too small or too"
                        + " large, by the test",
            })
    void whatMakesNoSenseIsRefused(String spec, String message) {
        formatted("vda", "", "data");
        assertRefused(message, spec);
    }

    @Test
    void aPathIsSaidOnce() {
        assertRefused("/a is said twice, by the test", "/a=:tmpfs", "/a/=:tmpfs");
    }

    @Test
    void aPlanKnowsItsPlaces() throws Exception {
        MountPlan plan =
                new MountPlan(
                        List.of(
                                MountSpec.parse("/a/b=vda:ext4", "x"),
                                MountSpec.parse("/a/b/c=vdb:ext4", "x"),
                                MountSpec.parse("/ab=:tmpfs", "x")));
        assertTrue(plan.needsDisks() && plan.covers("/ab") && !plan.covers("/a"));
    }

    @Test
    void oneThatFailsDoesNotKeepOthersFromTheDisk() throws Exception {
        formatted("vda", "", "one");
        formatted("vdb", "", "two");
        mount("/a=vda:ext4", "/b=vdb:ext4");
        kind.fails = true;
        calls.clear();
        log.clear();
        mounted.commit();
        assertEquals(List.of("commit vda", "commit vdb"), calls);
        assertEquals("/a cannot be written: Input/output error", log.get(0));
        mounted.unmount();
        mounted.unmount();
        mounted.commit();
        assertEquals(List.of("unmount vdb", "unmount vda"), calls.subList(2, calls.size()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "10240, 10 KiB",
        "1073741823, 1023 MiB",
        "1073741824, 1.0 GiB",
        "9223372036854775807, 7.9 EiB",
    })
    void amountsAreForPeople(long bytes, String text) {
        assertEquals(text, Amount.text(bytes));
    }
}
