package dev.cortado.runtime.file.ext4.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.lab.TestInode;
import dev.cortado.runtime.file.ext4.lab.TestVolume;
import dev.cortado.runtime.file.ext4.map.FileMap;
import dev.cortado.runtime.file.ext4.map.MapRoot;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories within an inode, which here is nothing but bytes, and how they get blocks. */
class InlineDirectoryTest {
    private static final int CAPACITY = 160;
    private static final long PARENT = 2;

    @TempDir Path temporary;

    private TestVolume volume;
    private FakeRoot root;
    private Directory directory;

    @BeforeEach
    void begin() throws Exception {
        begin("dir_index");
    }

    private void begin(String feature) throws Exception {
        volume = TestVolume.make(temporary, "4M", "-b", "1024", "-O", feature);
        root = new FakeRoot(volume.create("other", FileKind.DIRECTORY, true));
        directory = new Directory(volume.groups(), root, new FoundNames());
        volume.change(change -> {
            directory.create(change, PARENT);
            return null;
        });
    }

    private void insert(FileName name, long inode) throws FileException {
        volume.change(change -> {
            directory.insert(change, name, inode, FileKind.REGULAR);
            return null;
        });
    }

    private void remove(FileName name) throws FileException {
        volume.change(change -> {
            directory.remove(change, name);
            return null;
        });
    }

    @Test
    void beginsEmpty() throws Exception {
        assertEquals(MapRoot.BYTES, root.bytes.length);
        assertTrue(directory.isEmpty());
        assertEquals(PARENT, directory.parent());
        assertNull(directory.next(0));
        // The parent's number, then one free entry of all the rest.
        assertEquals("0200000000000000380000", hex(root.bytes, 11));
    }

    private static String hex(byte[] bytes, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(String.format("%02x", bytes[i]));
        }
        return text.toString();
    }

    @Test
    void isAsItsModelAndGetsBlocks() throws Exception {
        Random random = new Random(1);
        for (int round = 0; round < 60; round++) {
            begin();
            Map<FileName, Long> model = new HashMap<>();
            while (root.isInline) {
                if (random.nextInt(3) == 0 && !model.isEmpty()) {
                    FileName name = model.keySet().stream().sorted().findFirst().orElseThrow();
                    remove(name);
                    model.remove(name);
                } else {
                    String text = "n".repeat(random.nextInt(12)) + random.nextInt(1000);
                    FileName name = FileName.of(text);
                    long inode = 11 + random.nextInt(100);
                    if (model.putIfAbsent(name, inode) == null) {
                        insert(name, inode);
                    }
                }
                compare(model);
                assertTrue(root.bytes.length <= CAPACITY);
            }
            volume.change(change -> {
                directory.setParent(change, PARENT);
                return null;
            });
            compare(model);
            assertEquals(1024, root.size());
        }
    }

    private void compare(Map<FileName, Long> model) throws FileException {
        Map<FileName, Long> read = new HashMap<>();
        long cookie = 0;
        for (Entry e = directory.next(0); e != null; e = directory.next(cookie)) {
            assertTrue(e.cookie() > cookie);
            cookie = e.cookie();
            assertNull(read.put(e.name(), e.inode()));
            assertEquals(e.inode(), directory.find(e.name()));
        }
        assertEquals(model, read);
        assertEquals(model.isEmpty(), directory.isEmpty());
        assertEquals(PARENT, directory.parent());
    }

    /** Neither with hashes nor with places as cookies. */
    @ParameterizedTest
    @ValueSource(strings = {"dir_index", "^dir_index"})
    void readingGoesOnInBlocks(String feature) throws Exception {
        for (int stop = 0; stop < 6; stop++) {
            begin(feature);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                names.add("name" + i);
                insert(FileName.of("name" + i), 11 + i);
            }
            assertTrue(root.isInline && root.bytes.length > MapRoot.BYTES);
            long cookie = 0;
            for (int i = 0; i < stop; i++) {
                Entry entry = directory.next(cookie);
                assertTrue(names.remove(entry.name().toString()));
                cookie = entry.cookie();
            }
            Map<FileName, Long> cookies = cookies();
            insert(FileName.of("a name that is too long for an inode".repeat(4)), 11);
            assertFalse(root.isInline);
            Map<FileName, Long> moved = cookies();
            moved.keySet().retainAll(cookies.keySet());
            assertEquals(cookies, moved);
            for (Entry e = directory.next(cookie); e != null; e = directory.next(cookie)) {
                cookie = e.cookie();
                names.remove(e.name().toString());
            }
            assertEquals(List.of(), names);
        }
    }

    private Map<FileName, Long> cookies() throws FileException {
        Map<FileName, Long> cookies = new HashMap<>();
        for (Entry e = directory.next(0); e != null; e = directory.next(e.cookie())) {
            cookies.put(e.name(), e.cookie());
        }
        return cookies;
    }

    /** An inode with room for inline bytes; once it has blocks, it is another. */
    private static final class FakeRoot implements DirectoryRoot {
        private final TestInode blocks;
        private boolean isInline = true;
        private byte[] bytes = new byte[0];

        FakeRoot(TestInode blocks) {
            this.blocks = blocks;
        }

        @Override
        public long number() {
            return blocks.number();
        }

        @Override
        public int checksumSeed() {
            return blocks.checksumSeed();
        }

        @Override
        public FileMap map() {
            return blocks.map();
        }

        @Override
        public long size() {
            return isInline ? bytes.length : blocks.size();
        }

        @Override
        public void setSize(Change change, long size) throws FileException {
            blocks.setSize(change, size);
        }

        @Override
        public boolean isIndexed() {
            return blocks.isIndexed();
        }

        @Override
        public void setIndexed(Change change, boolean isIndexed) throws FileException {
            blocks.setIndexed(change, isIndexed);
        }

        @Override
        public boolean isInline() {
            return isInline;
        }

        @Override
        public ByteBuffer inlineBytes() {
            return ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public int inlineCapacity() {
            return CAPACITY;
        }

        @Override
        public void setInlineBytes(Change change, ByteBuffer newBytes) {
            bytes = new byte[newBytes.limit()];
            newBytes.get(0, bytes);
        }

        @Override
        public void leaveInline(Change change) throws FileException {
            isInline = false;
            blocks.map().remove(change, 0, blocks.map().limit());
            blocks.setSize(change, 0);
        }
    }
}
