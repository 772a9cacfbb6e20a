package dev.cortado.runtime.file.storage.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A page that has to go leaves its bytes to another one, while somebody may be reading them. */
class RecycledPagesTest {
    private static final int BLOCK = 1 << 16;
    private static final int BLOCKS = 4;
    private static final int FILES = 8;
    private static final int READS = 1000;

    private final MemoryStorage storage = new MemoryStorage((long) FILES * BLOCKS * BLOCK);

    /** With room for a few pages of all that are read. */
    private final PageCache cache = new PageCache(storage, BLOCK, TakenMemory.untaken(1));

    private final List<PagedFile> files = new ArrayList<>();
    private final List<FileMap> maps = new ArrayList<>();

    /** Block 0 of the disk is nobody's. */
    private void fill() throws FileException {
        for (int i = 0; i < FILES; i++) {
            FileMap map = new FileMap(1 + i * (BLOCKS - 1), BLOCKS - 1, null);
            map.allocate(0, BLOCKS - 2);
            PagedFile file = cache.newFile();
            for (int block = 0; block < BLOCKS - 1; block++) {
                ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
                for (int at = 0; at < BLOCK; at += Integer.BYTES) {
                    bytes.putInt(at, i * BLOCKS + block);
                }
                file.write((long) block * BLOCK, bytes, map);
            }
            file.sync();
            files.add(file);
            maps.add(map);
        }
    }

    private Void read(int number) throws FileException {
        Random random = new Random(number);
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        for (int i = 0; i < READS; i++) {
            int block = random.nextInt(BLOCKS - 1);
            files.get(number).read((long) block * BLOCK, bytes.clear(), maps.get(number));
            for (int at = 0; at < BLOCK; at += Integer.BYTES) {
                assertEquals(number * BLOCKS + block, bytes.getInt(at));
            }
        }
        return null;
    }

    @Test
    void nobodyReadsWhatIsAnotherPages() throws Exception {
        fill();
        List<Within.Running<?>> readers = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            int number = i;
            readers.add(Within.start(false, () -> read(number)));
        }
        for (Within.Running<?> reader : readers) {
            reader.end();
        }
    }
}
