package dev.cortado.drivers.block;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;

/** Requests of one caller that a device has together. All that was begun is waited for. */
public final class JointRequests {
    /** Begins the requests of a transfer, by {@link #begin(Part)} each. */
    public interface Beginning {
        /**
         * @throws IOException the transfer cannot be made; nothing of it is begun
         */
        void begin(BlockTransfer whole, JointRequests joint) throws IOException;
    }

    /** A request, which does a part of a transfer. */
    public interface Part {
        /**
         * Gives it to the device.
         *
         * @param waits for room, if there is none: who has others under way must not, lest all wait
         *     for each other
         * @return false if there is no room, and it does not wait
         * @throws IOException it is not begun
         */
        boolean begin(boolean waits) throws IOException;

        /**
         * Waits for the end of one that was begun, and takes note of it. Called once.
         *
         * @throws IOException it was not carried out
         */
        void end() throws IOException;

        /** Takes note that it was not carried out. */
        void fail(Exception why);
    }

    private final ArrayDeque<Part> underWay = new ArrayDeque<>();

    private JointRequests() {}

    /** Makes transfers, and waits for them. One that cannot be made says why. */
    public static void make(List<BlockTransfer> transfers, Beginning beginning) {
        JointRequests joint = new JointRequests();
        try {
            for (BlockTransfer transfer : transfers) {
                try {
                    transfer.end(null);
                    beginning.begin(transfer, joint);
                } catch (IOException | RuntimeException e) {
                    transfer.end(e);
                }
            }
        } finally {
            joint.endAll();
        }
    }

    /** Begins a request, as soon as there is room; what is wrong with it, it is told. */
    public void begin(Part part) {
        underWay.add(part); // beforehand: what is begun has to be waited for
        boolean isBegun = false;
        try {
            isBegun = part.begin(underWay.size() == 1);
            while (!isBegun) {
                endFirst();
                isBegun = part.begin(underWay.size() == 1);
            }
        } catch (IOException | RuntimeException e) {
            part.fail(e);
        } finally {
            if (!isBegun) {
                underWay.removeLast();
            }
        }
    }

    private void endFirst() {
        Part first = underWay.remove();
        try {
            first.end();
        } catch (IOException | RuntimeException e) {
            first.fail(e);
        }
    }

    /** Also if there is no memory to say how one ended: the others are the device's until then. */
    private void endAll() {
        Error failure = null;
        while (!underWay.isEmpty()) {
            try {
                endFirst();
            } catch (Error e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
