package dev.cortado.runtime.file.ext4.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.directory.Directory;
import dev.cortado.runtime.file.ext4.lab.TestInode;
import dev.cortado.runtime.file.ext4.lab.TestVolume;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.storage.transaction.DirectStore;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups as mke2fs makes them, filled up and emptied; e2fsck says whether all is right. */
class BlockGroupsTest {
    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-b 1024 -g 512",
                "-b 1024 -g 512 -O ^metadata_csum,uninit_bg",
                "-b 1024 -g 512 -O ^metadata_csum,uninit_bg,^64bit",
                "-b 1024 -g 512 -O ^metadata_csum,^uninit_bg,^flex_bg",
                "-b 1024 -g 512 -O meta_bg,^resize_inode",
                "-b 1024 -g 512 -O meta_bg,^resize_inode,^metadata_csum,uninit_bg,^64bit",
                "-b 1024 -g 512 -O sparse_super2,^resize_inode",
                "-b 1024 -g 512 -O ^sparse_super,^flex_bg,^resize_inode",
                "-b 1024 -g 1024 -G 4",
                "-b 2048 -g 1024",
                "-b 4096 -g 1024",
                "-b 65536 -g 256"
            })
    void filledAndEmptied(String options) throws Exception {
        String size = options.startsWith("-b 65536") ? "64M" : "12M";
        TestVolume volume = TestVolume.make(directory, size, (options + " -N 800").split(" "));
        List<TestInode> files = new ArrayList<>();
        FileException full =
                assertThrows(
                        FileException.class,
                        () -> {
                            for (int i = 0; ; i++) {
                                boolean isDirectory = i % 7 == 0;
                                FileKind kind = isDirectory ? FileKind.DIRECTORY : FileKind.REGULAR;
                                TestInode inode = volume.create("file " + i, kind, true);
                                if (!isDirectory) {
                                    files.add(inode);
                                }
                            }
                        });
        assertEquals(Errno.ENOSPC, full.errno());
        assertEquals(0, volume.groups().superblock().freeInodes());
        long most = volume.geometry().blocks() / files.size() + 1;
        for (TestInode file : files) {
            allocateUpTo(volume, file, most);
        }
        TestInode last = files.getLast();
        allocateUpTo(volume, last, volume.geometry().blocks());
        assertEquals(0, volume.groups().superblock().freeBlocks());
        assertEquals(new FreeCounts(0, 0), volume.groups().countFree());
        volume.check(directory);

        TestVolume again = volume.reopened();
        for (int i = 0; i < files.size(); i++) {
            if (i % 2 == 0) {
                delete(again, files.get(i).number());
            }
        }
        again.check(directory);
    }

    /** As far as there is room. */
    private static void allocateUpTo(TestVolume volume, TestInode file, long blocks)
            throws FileException {
        long block = 0;
        long free = volume.groups().superblock().freeBlocks();
        while (block < blocks && free > 1) {
            long from = block;
            block += volume.change(c -> file.map().allocate(c, from, blocks - from)).count();
            free = volume.groups().superblock().freeBlocks();
        }
        if (free == 1 && block < blocks) {
            long from = block;
            block += volume.change(c -> file.map().allocate(c, from, 1)).count();
        }
        long size = block * volume.geometry().blockBytes();
        volume.change(change -> {
            file.setSize(change, size);
            return null;
        });
    }

    private static void delete(TestVolume volume, long number) throws FileException {
        TestInode inode = volume.inode(number);
        Directory root = volume.directory(Geometry.ROOT_INODE);
        volume.change(change -> {
            assertEquals(0, inode.map().remove(change, 0, inode.map().limit()));
            FileName name = null;
            for (var e = root.next(0); name == null; e = root.next(e.cookie())) {
                name = e.inode() == number ? e.name() : null;
            }
            root.remove(change, name);
            inode.update(
                    change,
                    record -> {
                        record.setLinks(0);
                        record.setDeleted(1_700_000_000);
                    });
            volume.inodes().free(change, number, false);
            return null;
        });
    }

    @Test
    void reservedBlocksAreKept() throws Exception {
        TestVolume volume = TestVolume.make(directory, "4M", "-b", "1024", "-m", "10");
        BlockAllocator ordinary = new BlockAllocator(volume.groups(), false);
        long free = volume.groups().superblock().freeBlocks();
        long reserved = volume.geometry().reservedBlocks();
        assertTrue(reserved > 300);
        long taken = 0;
        while (taken < free - reserved) {
            taken += volume.change(c -> ordinary.allocate(c, 0, 5000, Long.MAX_VALUE)).count();
        }
        assertEquals(free - reserved, taken);
        assertFails(
                Errno.ENOSPC, () -> volume.change(c -> ordinary.allocate(c, 0, 1, Long.MAX_VALUE)));
        volume.change(c -> volume.blocks().allocate(c, 0, 1, Long.MAX_VALUE));
    }

    @Test
    void freedBlocksAreHeldUntilTheyAreCommitted() throws Exception {
        TestVolume volume = TestVolume.make(directory, "4M", "-b", "1024");
        BlockRun run = take(volume, 2000, 10);
        volume.store().commit(volume.store().transaction());
        volume.change(change -> {
            volume.blocks().free(change, run.first(), run.count());
            BlockRun within = volume.blocks().allocate(change, run.first(), 1, Long.MAX_VALUE);
            assertTrue(within.first() >= run.end(), within.toString());
            return null;
        });
        assertTrue(take(volume, run.first(), 1).first() >= run.end());
        volume.store().commit(volume.store().transaction());
        assertEquals(run.first(), take(volume, run.first(), 1).first());
    }

    private static BlockRun take(TestVolume volume, long goal, long wanted) throws FileException {
        return volume.change(c -> volume.blocks().allocate(c, goal, wanted, Long.MAX_VALUE));
    }

    @Test
    void limitsAreKept() throws Exception {
        TestVolume volume = TestVolume.make(directory, "32M", "-b", "1024");
        BlockRun run = volume.change(c -> volume.blocks().allocate(c, 20_000, 9999, 9000));
        assertTrue(run.end() <= 9000, run.toString());
        long taken = run.count();
        try {
            while (true) {
                taken += volume.change(c -> volume.blocks().allocate(c, 8500, 9999, 9000)).count();
            }
        } catch (FileException e) {
            assertEquals(Errno.ENOSPC, e.errno());
        }
        assertTrue(taken > 6000 && taken < 9000, "" + taken);
    }

    @Test
    void whatIsFreeCannotBeFreed() throws Exception {
        TestVolume volume = TestVolume.make(directory, "4M", "-b", "1024");
        BlockRun run = take(volume, 2000, 10);
        assertFails(Errno.EUCLEAN, () -> free(volume, run.first() + 5, 10));
        free(volume, run.first(), 10);
        assertFails(Errno.EUCLEAN, () -> free(volume, run.first(), 1));
        assertFails(Errno.EUCLEAN, () -> free(volume, 1, 1));
        assertFails(Errno.EUCLEAN, () -> free(volume, 4095, 2));
        assertFails(Errno.EUCLEAN, () -> free(volume, -5, 1));
        assertFails(Errno.EUCLEAN, () -> free(volume, Long.MAX_VALUE, Long.MAX_VALUE));
        long inode = volume.change(c -> volume.inodes().allocate(c, 2, false));
        assertTrue(volume.inodes().isUsed(inode));
        volume.change(c -> {
            volume.inodes().free(c, inode, false);
            return null;
        });
        for (long wrong : new long[] {inode, 2, 5000}) {
            Errno errno = wrong == 5000 ? Errno.EINVAL : Errno.EUCLEAN;
            assertFails(
                    errno,
                    () ->
                            volume.change(c -> {
                                volume.inodes().free(c, wrong, false);
                                return null;
                            }));
        }
    }

    private static void free(TestVolume volume, long first, long count) throws FileException {
        volume.change(change -> {
            volume.blocks().free(change, first, count);
            return null;
        });
    }

    private static void assertFails(Errno errno, org.junit.jupiter.api.function.Executable call) {
        FileException e = assertThrows(FileException.class, call);
        assertEquals(errno, e.errno(), e.getMessage());
    }

    /** As if the disk had it so: what is known of blocks in memory is forgotten. */
    private static void damage(TestVolume volume, TestVolume.Step<Void> damage)
            throws FileException {
        volume.change(damage);
        for (long block = 0; block < volume.geometry().blocks(); block++) {
            volume.store().setMark(block, 0);
        }
    }

    /** Without checksums nothing but the places of metadata tells that the bitmap is wrong. */
    @Test
    void aLyingBitmapIsFound() throws Exception {
        TestVolume volume =
                TestVolume.make(directory, "4M", "-b", "1024", "-O", "^metadata_csum,^uninit_bg");
        DescriptorTable descriptors = volume.groups().descriptors();
        damage(
                volume,
                change -> {
                    GroupDescriptor descriptor = descriptors.modify(change, 0);
                    // Block 3 is the first one's descriptor or reserved for more of them.
                    Bits.clear(change.modify(descriptor.blockBitmap()), 2, 3);
                    descriptor.setFreeBlocks(descriptor.freeBlocks() + 1);
                    return null;
                });
        assertFails(Errno.EUCLEAN, () -> take(volume, 3, 1));
        damage(
                volume,
                change -> {
                    descriptors.modify(change, 0).setFreeBlocks(7);
                    return null;
                });
        assertFails(Errno.EUCLEAN, () -> take(volume, 2000, 1));
    }

    @Test
    void checksumsAreChecked() throws Exception {
        for (String feature : new String[] {"metadata_csum", "^metadata_csum,uninit_bg"}) {
            TestVolume volume = TestVolume.make(directory, "4M", "-b", "1024", "-O", feature);
            damage(
                    volume,
                    change -> {
                        volume.groups().descriptors().modify(change, 0).setFreeInodes(5);
                        return null;
                    });
            assertFails(Errno.EUCLEAN, () -> take(volume, 2000, 1));
            Geometry geometry = volume.geometry();
            Superblock superblock = volume.groups().superblock();
            assertFails(
                    Errno.EUCLEAN, () -> BlockGroups.open(geometry, superblock, volume.store()));
        }
        TestVolume volume = TestVolume.make(directory, "4M", "-b", "1024");
        damage(
                volume,
                change -> {
                    DescriptorTable descriptors = volume.groups().descriptors();
                    Bits.clear(change.modify(descriptors.read(0).blockBitmap()), 2, 3);
                    Bits.clear(change.modify(descriptors.read(0).inodeBitmap()), 2, 3);
                    return null;
                });
        assertFails(Errno.EUCLEAN, () -> take(volume, 2000, 1));
        assertFails(Errno.EUCLEAN, () -> volume.inodes().isUsed(3));
    }

    /** It had to go from memory in between, and the disk is not what it was. */
    @Test
    void aBitmapIsUsedAsItWasChecked() throws Exception {
        byte[] image = TestVolume.make(directory, "4M", "-b", "1024").image();
        Geometry geometry = Geometry.of(MemoryStorage.of(image));
        int blockBytes = geometry.blockBytes();
        MetadataStore small =
                new DirectStore(
                        MemoryStorage.of(image), blockBytes, geometry.blocks(), false, 0, () -> {});
        long[] trap = {-1};
        MetadataStore store =
                (MetadataStore)
                        Proxy.newProxyInstance(
                                MetadataStore.class.getClassLoader(),
                                new Class<?>[] {MetadataStore.class},
                                (proxy, method, arguments) -> {
                                    Object result = method.invoke(small, arguments);
                                    if (method.getName().equals("mark")
                                            && arguments[0].equals(trap[0])) {
                                        image[(int) trap[0] * blockBytes] ^= 1;
                                        for (long block = 2000; block < 2100; block++) {
                                            small.read(block);
                                        }
                                    }
                                    return result;
                                });
        Superblock superblock = new Superblock(geometry, store);
        BlockGroups groups = BlockGroups.open(geometry, superblock, store);
        for (GroupBitmap bitmap : List.of(new BlockBitmap(groups), new InodeBitmap(groups))) {
            byte before = bitmap.read(0).get(0);
            trap[0] = bitmap.place(groups.descriptors().read(0));
            assertEquals(before, bitmap.read(0).get(0));
            trap[0] = -1;
        }
    }

    @Test
    void directoriesOfTheRootAreSpread() throws Exception {
        TestVolume volume = TestVolume.make(directory, "32M", "-b", "1024");
        assertEquals(4, volume.geometry().groups());
        int[] groups = new int[4];
        for (int i = 0; i < 8; i++) {
            TestInode made = volume.create("directory " + i, FileKind.DIRECTORY, true);
            int group = volume.geometry().groupOfInode(made.number());
            groups[group]++;
            long file = volume.change(c -> volume.inodes().allocate(c, made.number(), false));
            assertEquals(group, volume.geometry().groupOfInode(file));
        }
        // The first has less room than others: the tables of all are in it.
        assertEquals(8, groups[1] + groups[2] + groups[3]);
        for (int count : Arrays.copyOfRange(groups, 1, 4)) {
            assertTrue(count >= 2 && count <= 3, "" + count);
        }
    }
}
