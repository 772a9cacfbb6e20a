package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorTransfersTest {
    private static final int FAILS = -100;

    /** What the file does with each buffer; {@link #FAILS} for EIO. */
    private int[] script;

    private int[] lengths;
    private final List<Integer> asked = new ArrayList<>();
    private int pollState = PollState.READABLE;

    private final OpenFile file =
            new OpenFile() {
                @Override
                public Attributes attributes() {
                    return Attributes.ofNameless(FileKind.CHARACTER_DEVICE, 1, 0);
                }

                /** As a device's. */
                @Override
                public long available() {
                    return 0;
                }

                @Override
                public int pollState() {
                    return pollState;
                }

                @Override
                public OpenFile duplicate() {
                    return this;
                }

                @Override
                protected void release() {}
            };

    private int move(int index) throws FileException {
        asked.add(index);
        if (script[index] == FAILS) {
            throw new FileException(Errno.EIO);
        }
        return script[index];
    }

    private long read(int... results) throws FileException {
        script = results;
        return VectorTransfers.read(file, lengths.length, i -> lengths[i], this::move);
    }

    private long write(int... results) throws FileException {
        script = results;
        return VectorTransfers.write(lengths.length, i -> lengths[i], this::move);
    }

    @Test
    void allAreFilledAndWritten() throws FileException {
        lengths = new int[] {3, 0, 4};
        assertEquals(7, read(3, 0, 4));
        assertEquals(7, write(3, 0, 4));
        assertEquals(List.of(0, 1, 2, 0, 1, 2), asked);
        lengths = new int[0];
        assertEquals(0, read());
    }

    @Test
    void whatWasMovedBeforeAFailureCounts() throws FileException {
        lengths = new int[] {0, 3, 4};
        assertEquals(3, read(0, 3, FAILS));
        assertEquals(3, write(0, 3, FAILS));
        Fails.with(Errno.EIO, () -> read(0, FAILS, 4));
        Fails.with(Errno.EIO, () -> write(0, FAILS, 4));
    }

    @Test
    void nothingIsMovedAfterLessThanAll() throws FileException {
        lengths = new int[] {3, 4, 5};
        assertEquals(5, read(3, 2, 5));
        assertEquals(5, write(3, 2, 5));
        assertEquals(3, read(3, OpenFile.END, 5));
        assertEquals(3, read(3, OpenFile.UNAVAILABLE, 5));
        assertEquals(OpenFile.END, read(OpenFile.END, 4, 5));
        assertEquals(OpenFile.UNAVAILABLE, write(OpenFile.UNAVAILABLE, 4, 5));
        assertEquals(List.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 0), asked);
    }

    @Test
    void readingWaitsForTheFirstBytesOnly() throws FileException {
        pollState = PollState.WRITABLE;
        lengths = new int[] {0, 3, 4};
        assertEquals(3, read(0, 3, 4));
        assertEquals(7, write(0, 3, 4));
        assertEquals(List.of(0, 1, 0, 1, 2), asked);
    }
}
