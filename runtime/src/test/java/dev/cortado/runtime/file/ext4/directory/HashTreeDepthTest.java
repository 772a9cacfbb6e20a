package dev.cortado.runtime.file.ext4.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.lab.TestInode;
import dev.cortado.runtime.file.ext4.lab.TestVolume;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees that are as deep as they may be: names are so long that few are in a block. */
class HashTreeDepthTest {
    private static final String LONG = "x".repeat(240);
    private static final int NAMES_A_CHANGE = 4;

    @TempDir Path temporary;

    private TestVolume volume;
    private long file;
    private TestInode inode;
    private Directory directory;
    private int count;

    @ParameterizedTest
    @CsvSource({"^large_dir", "large_dir"})
    void asDeepAsItMayBe(String feature) throws Exception {
        volume = TestVolume.make(temporary, "48M", "-b", "1024", "-N", "64", "-O", feature);
        file = volume.create("file", FileKind.REGULAR, true).number();
        inode = volume.create("directory", FileKind.DIRECTORY, true);
        directory = volume.directory(inode.number());
        if (feature.equals("large_dir")) {
            while (levels() < 2) {
                insert();
            }
            for (int i = 0; i < 300; i++) {
                insert();
            }
        } else {
            FileException e =
                    assertThrows(
                            FileException.class,
                            () -> {
                                while (true) {
                                    insert();
                                }
                            });
            assertEquals(Errno.ENOSPC, e.errno());
            assertTrue(volume.groups().superblock().freeBlocks() > 1000);
            assertEquals(1, levels());
        }
        int read = 0;
        long cookie = 0;
        for (Entry entry = directory.next(0); entry != null; entry = directory.next(cookie)) {
            cookie = entry.cookie();
            read++;
        }
        assertEquals(count, read);
        volume.change(change -> {
            volume.inode(file).update(change, record -> record.setLinks(1 + count));
            return null;
        });
        volume.check(temporary);
    }

    private int levels() throws FileException {
        return inode.isIndexed() ? volume.store().read(inode.map().lookup(0).place()).get(30) : 0;
    }

    /** A few in one change, which may fail as a whole. */
    private void insert() throws FileException {
        volume.change(change -> {
            for (int i = 0; i < NAMES_A_CHANGE; i++) {
                FileName name = FileName.of(LONG + (count + i));
                directory.insert(change, name, file, FileKind.REGULAR);
            }
            return null;
        });
        count += NAMES_A_CHANGE;
    }
}
