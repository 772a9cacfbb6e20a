package dev.cortado.drivers.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class JointRequestsTest {
    private static final int ROOM = 3;

    private final DeviceBlock buffer = new DeviceBlock(0, 0, 4096);
    private final List<BlockTransfer> transfers =
            IntStream.range(0, 4).mapToObj(at -> BlockTransfer.read(at, buffer, 0, 1)).toList();

    private final List<String> begun = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();

    /** Throws what is to go wrong with a request of that name. */
    private interface Trouble {
        void with(String name) throws IOException;
    }

    private Trouble atBegin = name -> {};
    private Trouble atEnd = name -> {};

    /** A request to a device that has room for a few. */
    private final class Part implements JointRequests.Part {
        private final BlockTransfer whole;
        private final String name;

        Part(BlockTransfer whole, int number) {
            this.whole = whole;
            name = whole.position() + "." + number;
        }

        @Override
        public boolean begin(boolean waits) throws IOException {
            int underWay = begun.size() - ended.size();
            assertEquals(underWay == 0, waits, "whether it may wait for others' requests");
            atBegin.with(name);
            if (underWay < ROOM) {
                begun.add(name);
            }
            return underWay < ROOM;
        }

        @Override
        public void end() throws IOException {
            ended.add(name);
            atEnd.with(name);
        }

        @Override
        public void fail(Exception why) {
            whole.end(why);
        }
    }

    private void make() {
        JointRequests.make(
                transfers,
                (whole, joint) -> {
                    joint.begin(new Part(whole, 0));
                    joint.begin(new Part(whole, 1));
                });
    }

    private List<String> failures() {
        return transfers.stream()
                .map(transfer -> transfer.failure() == null ? "" : transfer.failure().getMessage())
                .toList();
    }

    @Test
    void asManyAreUnderWayAsThereIsRoomFor() {
        make();
        assertEquals(List.of("0.0", "0.1", "1.0", "1.1", "2.0", "2.1", "3.0", "3.1"), begun);
        assertEquals(begun, ended);
        assertEquals(List.of("", "", "", ""), failures());
    }

    /** Whichever of the others was about to begin. */
    @Test
    void whatGoesWrongIsSaidOfItsOwnTransfer() {
        atBegin =
                name -> {
                    if (name.equals("1.1")) {
                        throw new IOException("begin");
                    }
                };
        atEnd =
                name -> {
                    if (name.equals("0.1")) {
                        throw new IllegalStateException("end");
                    }
                };
        make();
        assertEquals(List.of("0.0", "0.1", "1.0", "2.0", "2.1", "3.0", "3.1"), begun);
        assertEquals(begun, ended);
        assertEquals(List.of("end", "begin", "", ""), failures());
    }

    @Test
    void aTransferThatCannotBeMadeSaysWhy() {
        JointRequests.make(
                transfers,
                (whole, joint) -> {
                    if (whole.position() == 2) {
                        throw new IOException("too long");
                    }
                    joint.begin(new Part(whole, 0));
                });
        assertEquals(List.of("0.0", "1.0", "3.0"), ended);
        assertEquals(List.of("", "", "too long", ""), failures());
    }

    /** A request that nobody waits for is the device's for ever, and its buffer too. */
    @Test
    void allThatWasBegunIsWaitedForEvenIfMemoryLacks() {
        atEnd =
                name -> {
                    throw new OutOfMemoryError("to say how it ended");
                };
        assertThrows(OutOfMemoryError.class, this::make);
        assertEquals(List.of("0.0", "0.1", "1.0"), begun);
        assertEquals(begun, ended);
        ended.clear();
        begun.clear();
        atEnd = name -> {};
        atBegin =
                name -> {
                    if (name.equals("1.0")) {
                        throw new OutOfMemoryError("to begin it");
                    }
                };
        assertThrows(OutOfMemoryError.class, this::make);
        assertEquals(List.of("0.0", "0.1"), ended);
    }
}
