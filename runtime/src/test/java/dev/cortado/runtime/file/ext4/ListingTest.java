package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Directories that are listed while they change. */
final class ListingTest {
    private static final int FILES = 300;

    @TempDir Path directory;

    @Test
    void entriesThatWereReadAreRemembered() throws Exception {
        Ext4FileSystem mounted = Ext4Image.make(directory, Format.DEFAULT, 4096).mount();
        StoredInode root = ((Ext4Inode) mounted.root()).stored();
        assertSame(root.directory(), root.directory());
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "WITHOUT_DIR_INDEX", "INLINE_DATA"})
    void whatIsRememberedIsForgottenWhenItChanges(Format format) throws Exception {
        Ext4FileSystem mounted = Ext4Image.make(directory, format, 4096).mount();
        Inode in = mounted.makeDirectory(mounted.root(), FileName.of("d"), 0700);
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < FILES; i++) {
            expected.add("file" + i);
            mounted.create(in, FileName.of("file" + i), 0600);
        }
        Set<String> given = new HashSet<>();
        long cookie = DirectoryEntry.START;
        for (int i = 0; i < FILES; i++) {
            DirectoryEntry entry = mounted.nextEntry(in, cookie);
            given.add(entry.name().toString());
            mounted.unlink(in, entry.name());
            mounted.create(in, FileName.of("new" + i), 0600);
            mounted.rename(in, FileName.of("new" + i), mounted.root(), FileName.of("new" + i));
            assertNotEquals(entry, mounted.nextEntry(in, cookie));
            cookie = entry.cookie();
        }
        assertEquals(expected, given);
        assertEquals(null, mounted.nextEntry(in, cookie));
    }
}
