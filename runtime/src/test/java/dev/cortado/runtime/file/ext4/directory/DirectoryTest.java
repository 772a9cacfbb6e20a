package dev.cortado.runtime.file.ext4.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.lab.TestInode;
import dev.cortado.runtime.file.ext4.lab.TestVolume;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directories against a model and against e2fsck. */
class DirectoryTest {
    @TempDir Path temporary;

    private final Map<FileName, Long> model = new HashMap<>();

    /** Names are those of one file, so that e2fsck has nothing to say about the others. */
    private long file;

    private TestVolume volume;
    private TestInode inode;
    private Directory directory;

    private void begin(String size, String hash, String... options) throws Exception {
        Path image = TestVolume.makeFile(temporary, size, options);
        E2fsprogs.output("tune2fs", "-E", "hash_alg=" + hash, image);
        volume = TestVolume.of(Files.readAllBytes(image));
        file = volume.create("file", FileKind.REGULAR, true).number();
        inode = volume.create("directory", FileKind.DIRECTORY, true);
        directory = volume.directory(inode.number());
    }

    private void insert(FileName name) throws FileException {
        volume.change(change -> {
            int bound = directory.creditsToInsert();
            int before = change.credits();
            directory.insert(change, name, file, FileKind.REGULAR);
            assertTrue(before - change.credits() <= bound);
            return null;
        });
        model.put(name, file);
    }

    private void remove(FileName name) throws FileException {
        volume.change(change -> {
            directory.remove(change, name);
            return null;
        });
        model.remove(name);
    }

    private void compare(boolean isKindUnknown) throws FileException {
        Map<FileName, Long> read = new HashMap<>();
        long cookie = 0;
        for (Entry e = directory.next(0); e != null; e = directory.next(cookie)) {
            assertTrue(e.cookie() > cookie);
            cookie = e.cookie();
            assertNull(read.put(e.name(), e.inode()), e.name().toString());
            assertEquals(isKindUnknown ? null : FileKind.REGULAR, e.kind());
        }
        assertEquals(model, read);
        assertEquals(model.isEmpty(), directory.isEmpty());
        for (FileName name : model.keySet()) {
            assertEquals(model.get(name), directory.find(name));
        }
        assertEquals(0, directory.find(FileName.of("not there")));
        assertEquals(2, directory.parent());
    }

    private void check() throws Exception {
        volume.change(change -> {
            int links = 1 + model.size();
            volume.inode(file).update(change, record -> record.setLinks(links));
            return null;
        });
        volume.check(temporary);
    }

    private static FileName name(Random random, int longest) throws FileException {
        byte[] name = new byte[1 + random.nextInt(longest)];
        for (int i = 0; i < name.length; i++) {
            int letter;
            do {
                letter = 1 + random.nextInt(255);
            } while (letter == '/' || letter == '.');
            name[i] = (byte) letter;
        }
        return FileName.of(name, 0, name.length);
    }

    @ParameterizedTest
    @CsvSource({
        "1024, half_md4, none, 255",
        "1024, legacy, none, 20",
        "1024, tea, ^metadata_csum, 40",
        "4096, half_md4, none, 60",
        "1024, half_md4, ^dir_index, 40",
        "1024, half_md4, ^filetype, 40",
        "1024, half_md4, large_dir, 255"
    })
    void isAsItsModel(int blockBytes, String hash, String feature, int longest) throws Exception {
        List<String> options = new ArrayList<>(List.of("-b", "" + blockBytes));
        options.addAll(List.of("-E", "hash_seed=01234567-89ab-cdef-0123-456789abcdef"));
        if (!feature.equals("none")) {
            options.addAll(List.of("-O", feature));
        }
        begin("8M", hash, options.toArray(String[]::new));
        Random random = new Random(longest);
        for (int round = 0; round < 8; round++) {
            int wanted = random.nextInt(feature.equals("^dir_index") ? 300 : 1500);
            while (model.size() < wanted) {
                FileName name = name(random, longest);
                if (!model.containsKey(name)) {
                    insert(name);
                }
            }
            List<FileName> names = new ArrayList<>(model.keySet());
            Collections.sort(names);
            Collections.shuffle(names, random);
            for (FileName name : names.subList(0, random.nextInt(names.size() + 1))) {
                remove(name);
            }
            volume = volume.reopened();
            inode = volume.inode(inode.number());
            directory = volume.directory(inode.number());
            compare(feature.equals("^filetype"));
        }
        check();
        for (FileName name : List.copyOf(model.keySet())) {
            remove(name);
        }
        compare(true);
        check();
    }

    /** What was looked for before is looked for again when anything has changed, or was undone. */
    @Test
    void whatWasFoundIsForgottenWhenSomethingChanges() throws Exception {
        begin("4M", "half_md4");
        FileName name = FileName.of("looked for");
        assertEquals(0, directory.find(name));
        insert(name);
        assertEquals(file, directory.find(name));
        volume.change(change -> {
            directory.replace(change, name, inode.number(), FileKind.REGULAR);
            return null;
        });
        assertEquals(inode.number(), directory.find(name));
        remove(name);
        assertEquals(0, directory.find(name));
        assertThrows(
                FileException.class,
                () ->
                        volume.change(change -> {
                            directory.insert(change, name, file, FileKind.REGULAR);
                            assertEquals(file, directory.find(name));
                            throw new FileException(Errno.EIO);
                        }));
        assertEquals(0, directory.find(name));
    }

    /** 20,000 names: the tree gets a second level. */
    @Test
    void manyNames() throws Exception {
        begin("16M", "half_md4", "-b", "1024");
        for (int i = 0; i < 20_000; i++) {
            insert(FileName.of("name " + i));
        }
        compare(false);
        assertTrue(inode.isIndexed());
        check();
    }

    /** Entries that stay are given once, whatever else comes and goes and however blocks split. */
    @ParameterizedTest
    @CsvSource({"dir_index, half_md4", "dir_index, legacy", "^dir_index, half_md4"})
    void readingGoesOnWhileOthersChange(String feature, String hash) throws Exception {
        for (int first : new int[] {5, 30, 400}) {
            begin("8M", hash, "-b", "1024", "-O", feature);
            model.clear();
            Random random = new Random(first);
            Set<FileName> staying = new HashSet<>();
            for (int i = 0; i < first; i++) {
                FileName name = FileName.of("staying " + i);
                insert(name);
                staying.add(name);
            }
            List<FileName> others = new ArrayList<>();
            List<FileName> read = new ArrayList<>();
            long cookie = 0;
            for (Entry e = directory.next(0); e != null; e = directory.next(cookie)) {
                cookie = e.cookie();
                read.add(e.name());
                for (int i = 0; i < 4 && read.size() < 500; i++) {
                    FileName name = name(random, 60);
                    if (!model.containsKey(name)) {
                        insert(name);
                        others.add(name);
                    }
                    if (random.nextBoolean()) {
                        remove(others.remove(random.nextInt(others.size())));
                    }
                }
            }
            for (FileName name : staying) {
                assertEquals(1, Collections.frequency(read, name), name.toString());
            }
        }
    }

    @Test
    void replacesAndSetsTheParent() throws Exception {
        begin("8M", "half_md4", "-b", "1024");
        for (int count : new int[] {1, 300}) {
            for (int i = model.size(); i < count; i++) {
                insert(FileName.of("name " + i));
            }
            FileName name = FileName.of("name 0");
            volume.change(change -> {
                directory.replace(change, name, 2, FileKind.DIRECTORY);
                directory.setParent(change, inode.number());
                return null;
            });
            assertEquals(2, directory.find(name));
            assertEquals(inode.number(), directory.parent());
            volume.change(change -> {
                directory.replace(change, name, file, FileKind.REGULAR);
                directory.setParent(change, 2);
                return null;
            });
            compare(false);
        }
        FileName none = FileName.of("none");
        FileException e =
                assertThrows(
                        FileException.class,
                        () ->
                                volume.change(c -> {
                                    directory.remove(c, none);
                                    return null;
                                }));
        assertEquals(Errno.ENOENT, e.errno());
        check();
    }

    /** What was not done leaves nothing behind, however much of the tree it changed. */
    @Test
    void anUndoneInsertionIsUndone() throws Exception {
        begin("8M", "half_md4", "-b", "1024");
        for (int i = 0; i < 600; i++) {
            FileName undone = FileName.of("undone " + i);
            try (Change change = volume.store().begin(TestVolume.CREDITS)) {
                directory.insert(change, undone, file, FileKind.REGULAR);
            }
            assertEquals(0, directory.find(undone));
            insert(FileName.of("a rather long name for a file, number " + i));
        }
        compare(false);
        check();
    }

    /** What an undone insertion had added is another file's when the directory grows again. */
    @Test
    void aBlockThatWasAddedInVainIsLookedForAgain() throws Exception {
        begin("8M", "half_md4", "-b", "1024");
        TestInode other = volume.create("other", FileKind.REGULAR, true);
        int count = 600;
        for (int i = 0; i < count; i++) {
            FileName name = FileName.of("a rather long name for a file, number " + i);
            try (Change change = volume.store().begin(TestVolume.CREDITS)) {
                directory.insert(change, name, file, FileKind.REGULAR);
                assertEquals(file, directory.find(name));
            }
            long block = i;
            volume.change(change -> other.map().allocate(change, block, 1));
            insert(name);
        }
        volume.change(change -> {
            other.update(change, record -> record.setSize(count * 1024L));
            return null;
        });
        compare(false);
        check();
    }

    /**
     * Names whose TEA hashes are the same in all bits: the highest of two words of a key may both
     * be turned over (Kelsey, Schneier, Wagner 1996).
     */
    @Test
    void collisions() throws Exception {
        begin("8M", "tea", "-b", "1024");
        int blocks = 4;
        List<FileName> colliding = new ArrayList<>();
        NameHash hash = new NameHash(NameHash.TEA, false, volume.geometry().hashSeed());
        Set<Long> hashes = new HashSet<>();
        for (int bits = 0; bits < 1 << 2 * blocks; bits++) {
            byte[] name = "sixteen letters.".repeat(blocks).getBytes(StandardCharsets.US_ASCII);
            for (int pair = 0; pair < 2 * blocks; pair++) {
                if ((bits >>> pair & 1) != 0) {
                    name[pair * 8] ^= (byte) 0x80;
                    name[pair * 8 + 4] ^= (byte) 0x80;
                }
            }
            colliding.add(FileName.of(name, 0, name.length));
            hashes.add(hash.of(name));
        }
        assertEquals(1, hashes.size());
        Random random = new Random(3);
        Collections.shuffle(colliding, random);
        for (FileName name : colliding) {
            insert(name);
            for (int i = 0; i < 3; i++) {
                insert(FileName.of("other " + random.nextLong()));
            }
        }
        compare(false);
        check();
        for (FileName name : colliding.subList(0, colliding.size() / 2)) {
            remove(name);
        }
        compare(false);
        for (FileName name : colliding.subList(0, colliding.size() / 4)) {
            insert(name);
        }
        compare(false);
        check();
    }
}
