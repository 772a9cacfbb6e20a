package dev.cortado.runtime.file.storage.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Journals that debugfs wrote are replayed as e2fsck does; e2fsck replays this journal's. {@code
 * -Dcortado.journal.seeds=20} tries more of them.
 */
class AgreesWithE2fsckTest {
    private static final int JOURNAL_BLOCKS = 1024;
    private static final int TRANSACTIONS = 12;
    private static final int SEEDS = Integer.getInteger("cortado.journal.seeds", 1);

    /** How many blocks in the middle of the disk, which are free, transactions change. */
    private static final int BLOCKS = 40;

    /** File systems with all kinds of tags and checksums. */
    enum Kind {
        TODAY(1024, "jo -c -v 3", ""),
        LARGE_BLOCKS(4096, "jo -c -v 3", ""),
        NO_CHECKSUMS(1024, "jo", "-O", "^metadata_csum"),
        NARROW(1024, "jo -c -v 3", "-O", "^64bit"),
        NARROW_V2(2048, "jo -c -v 2", "-O", "^64bit"),
        NARROW_NO_CHECKSUMS(1024, "jo", "-O", "^64bit,^metadata_csum"),
        WIDE_V2(1024, "jo -c -v 2", ""),
        BLOCK_MAPS(1024, "jo", "-O", "^64bit,^metadata_csum,^extents");

        private final int blockBytes;
        private final String open;
        private final String[] options;

        Kind(int blockBytes, String open, String... options) {
            this.blockBytes = blockBytes;
            this.open = open;
            this.options = Arrays.stream(options).filter(o -> !o.isEmpty()).toArray(String[]::new);
        }

        private ExtImage image(Path directory) throws Exception {
            List<String> all = new ArrayList<>(List.of(options));
            all.addAll(List.of("-J", "size=" + JOURNAL_BLOCKS * blockBytes / (1 << 20)));
            int size = 8 * blockBytes / 1024;
            return new ExtImage(
                    directory.resolve("disk"), blockBytes, size + "M", all.toArray(String[]::new));
        }

        private int blocks() {
            return 8 << 10;
        }
    }

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource
    void whatDebugfsWrote(Kind kind) throws Exception {
        ExtImage image = kind.image(directory);
        byte[] made = image.bytes();
        for (int seed = 0; seed < SEEDS; seed++) {
            image.setBytes(made);
            image.debugfs(transactions(kind, new Random(seed)));
            MemoryStorage storage = MemoryStorage.of(image.bytes());
            Journal journal = Journal.open(image.journal(storage, JOURNAL_BLOCKS));
            assertTrue(journal.needsRecovery());
            assertEquals(TRANSACTIONS, journal.recover(storage, kind.blocks()).transactions());
            image.replay();
            assertSameBlocks(kind, image.bytes(), storage.image());
            Journal again = Journal.open(image.journal(storage, JOURNAL_BLOCKS));
            assertTrue(!again.needsRecovery());
        }
    }

    private String[] transactions(Kind kind, Random random) throws Exception {
        List<String> commands = new ArrayList<>(List.of(kind.open));
        for (int i = 0; i <= TRANSACTIONS; i++) {
            List<Integer> blocks = chosen(kind, random);
            String list = blocks.stream().map(String::valueOf).collect(Collectors.joining(","));
            if (i < TRANSACTIONS && random.nextInt(3) == 0) {
                commands.add("jw -r " + list);
            } else {
                Path content = directory.resolve("content" + i);
                Files.write(content, content(kind, random, blocks.size()));
                String open = i < TRANSACTIONS ? "" : " -c";
                commands.add("jw" + open + " -b " + list + " " + content);
            }
        }
        commands.add("jc");
        return commands.toArray(String[]::new);
    }

    private static List<Integer> chosen(Kind kind, Random random) {
        int first = kind.blocks() / 2;
        return random.ints(1 + random.nextInt(8), first, first + BLOCKS)
                .distinct()
                .boxed()
                .toList();
    }

    /** Every third block begins with the journal's magic number. */
    private static byte[] content(Kind kind, Random random, int blocks) {
        byte[] content = new byte[blocks * kind.blockBytes];
        random.nextBytes(content);
        for (int block = 0; block < blocks; block += 3) {
            ByteBuffer.wrap(content).putInt(block * kind.blockBytes, JournalFormat.MAGIC);
        }
        return content;
    }

    private static void assertSameBlocks(Kind kind, byte[] expected, byte[] actual) {
        int first = kind.blocks() / 2;
        for (int block = first; block < first + BLOCKS; block++) {
            int at = block * kind.blockBytes;
            assertArrayEquals(
                    Arrays.copyOfRange(expected, at, at + kind.blockBytes),
                    Arrays.copyOfRange(actual, at, at + kind.blockBytes),
                    "Block " + block);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatE2fsckReads(Kind kind) throws Exception {
        ExtImage image = kind.image(directory);
        byte[] made = image.bytes();
        for (int seed = 0; seed < SEEDS; seed++) {
            image.setBytes(made);
            MemoryStorage storage = MemoryStorage.of(image.bytes());
            JournalBlocks places = image.journal(storage, JOURNAL_BLOCKS);
            Random random = new Random(seed);
            boolean isWide = !kind.name().startsWith("NARROW") && kind != Kind.BLOCK_MAPS;
            boolean hasChecksums = !kind.open.equals("jo");
            JournaledStore store =
                    JournaledStore.open(
                            storage,
                            kind.blocks(),
                            Journal.open(places),
                            new JournaledStore.Features(isWide, hasChecksums),
                            1 << 20,
                            () -> 1_000_000_000L,
                            () -> {});
            for (int i = 0; i < TRANSACTIONS * (kind.ordinal() % 3 == 0 ? 25 : 1); i++) {
                change(store, kind, random);
            }
            byte[] crashed = storage.image();
            ExtImage.setNeedsRecovery(crashed, true);
            image.setBytes(crashed);
            image.replay();
            assertAsRead(store, kind, image.bytes());
            image.check();
            store.close();
            image.setBytes(storage.image());
            assertAsRead(store, kind, image.bytes());
            image.check();
        }
    }

    private static void change(JournaledStore store, Kind kind, Random random) throws Exception {
        List<Integer> blocks = chosen(kind, random);
        try (Change change = store.begin(blocks.size())) {
            if (random.nextInt(3) == 0) {
                for (int block : blocks) {
                    change.free(block, 1);
                }
            } else {
                byte[] content = content(kind, random, blocks.size());
                for (int i = 0; i < blocks.size(); i++) {
                    ByteBuffer bytes = change.create(blocks.get(i));
                    bytes.put(0, content, i * kind.blockBytes, kind.blockBytes);
                }
            }
            change.done();
        }
        store.commit(store.transaction());
    }

    /** All blocks but those that were freed last are as they are read here. */
    private static void assertAsRead(JournaledStore store, Kind kind, byte[] image)
            throws Exception {
        int first = kind.blocks() / 2;
        for (int block = first; block < first + BLOCKS; block++) {
            byte[] expected = new byte[kind.blockBytes];
            store.read(block).get(0, expected);
            int at = block * kind.blockBytes;
            assertArrayEquals(
                    expected,
                    Arrays.copyOfRange(image, at, at + kind.blockBytes),
                    kind + ", block " + block);
        }
    }
}
