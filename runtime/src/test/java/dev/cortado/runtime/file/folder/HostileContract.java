package dev.cortado.runtime.file.folder;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Servers that lie: whoever calls gets an error and nothing else, and soon. With {@code
 * -Dcortado.folder.rounds} there are more of them than usual.
 */
public abstract class HostileContract {
    private static final int ROUNDS = Integer.getInteger("cortado.folder.rounds", 2000);
    private static final long SEED = Long.getLong("cortado.folder.seed", 1);
    private static final int CALLS = 30;
    private static final int MOST_ENTRIES = 200;

    private final TreeMap<String, Integer> outcomes = new TreeMap<>();

    protected abstract Protocol protocol();

    /** The way to a server that lies now and then: it has d, d/e, d/f and the link l to d. */
    protected abstract Transport hostile(Random random);

    @Test
    void nothingEscapes() {
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            try {
                Server server = () -> hostile(random);
                use(
                        FolderFileSystem.mount(
                                protocol(), server, Patience.USUAL, false, problem -> {}),
                        random);
            } catch (FileException e) {
                outcomes.merge("mount " + e.errno(), 1, Integer::sum);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + (SEED + round), e);
            }
        }
        // It is worth something only if there is something between honest and dead.
        assertTrue(outcomes.getOrDefault("done", 0) > ROUNDS, outcomes.toString());
        assertTrue(outcomes.getOrDefault("EIO", 0) > ROUNDS, outcomes.toString());
        assertTrue(outcomes.getOrDefault("ENOENT", 0) > ROUNDS / 10, outcomes.toString());
    }

    private void use(FolderFileSystem files, Random random) throws FileException {
        Inode file = null;
        boolean isHeld = false;
        for (int i = 0; i < CALLS; i++) {
            try {
                Inode at = file == null || random.nextInt(4) == 0 ? somewhere(files, random) : file;
                if (!isHeld && random.nextInt(5) == 0) {
                    files.retain(at);
                    file = at;
                    isHeld = true;
                }
                call(files, at, random);
                outcomes.merge("done", 1, Integer::sum);
            } catch (FileException e) {
                outcomes.merge(e.errno().toString(), 1, Integer::sum);
            }
        }
        if (isHeld) {
            files.release(file);
        }
        files.unmount();
    }

    private static FileName name(Random random) throws FileException {
        String[] names = {"d", "e", "f", "l", "new", "x".repeat(255)};
        return FileName.of(names[random.nextInt(names.length)]);
    }

    private static Inode somewhere(FolderFileSystem files, Random random) throws FileException {
        Inode at = files.root();
        for (int depth = random.nextInt(3); depth > 0 && at.isDirectory(); depth--) {
            at = files.lookup(at, name(random));
        }
        return at;
    }

    private static void call(FolderFileSystem files, Inode at, Random random) throws FileException {
        switch (random.nextInt(14)) {
            case 0, 1 -> files.read(at, random.nextInt(30_000), ByteBuffer.allocate(20_000));
            case 2 -> files.write(at, random.nextInt(9000), ByteBuffer.allocate(10_000));
            case 3 -> files.append(at, ByteBuffer.allocate(random.nextInt(100)));
            case 4 -> files.attributes(at);
            case 5 -> files.setAttributes(at, AttributeChange.ofTimes(random.nextLong(), 0));
            case 6 -> files.truncate(at, random.nextInt(20_000));
            case 7 -> list(files, at);
            case 8 -> files.readLink(at);
            case 9 -> files.statistics();
            case 10 -> files.rename(at, name(random), files.root(), name(random));
            case 11 -> files.create(at, name(random), 0600);
            case 12 -> files.extendedAttributes(at);
            default -> files.unlink(at, name(random));
        }
    }

    protected static void list(FolderFileSystem files, Inode at) throws FileException {
        long cookie = DirectoryEntry.START;
        for (int i = 0; i < MOST_ENTRIES; i++) {
            DirectoryEntry entry = files.nextEntry(at, cookie);
            if (entry == null) {
                return;
            }
            cookie = entry.cookie();
        }
    }
}
