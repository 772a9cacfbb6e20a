package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.block.BlockTransfer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Transfers of one caller that are under way together on a connection; all are waited for. */
final class JointRequests {
    private final BlockConnection connection;
    private final ArrayDeque<Part> underWay = new ArrayDeque<>();
    private final Set<BlockTransfer> unmade = new LinkedHashSet<>();

    private static final class Part {
        private final BlockTransfer whole;
        private BlockSlot slot;

        Part(BlockTransfer whole) {
            this.whole = whole;
        }
    }

    private JointRequests(BlockConnection connection) {
        this.connection = connection;
    }

    /** Looks whether a transfer can be made. */
    @FunctionalInterface
    interface Check {
        /**
         * @throws IOException it cannot
         */
        void of(BlockTransfer transfer) throws IOException;
    }

    /**
     * Makes transfers, and waits for them; each that the check lets through says how it has ended.
     *
     * @return transfers of which not all was made
     */
    static List<BlockTransfer> make(
            BlockConnection connection, List<BlockTransfer> transfers, Check check) {
        JointRequests joint = new JointRequests(connection);
        try {
            for (BlockTransfer transfer : transfers) {
                try {
                    check.of(transfer);
                    transfer.end(null);
                    joint.begin(transfer);
                } catch (IOException | RuntimeException e) {
                    transfer.end(e);
                }
            }
        } finally {
            joint.end();
        }
        return List.copyOf(joint.unmade);
    }

    /** Begins the requests of a transfer that can be made. */
    private void begin(BlockTransfer whole) {
        for (int done = 0; done < whole.length() && !unmade.contains(whole); ) {
            BlockOperation part = BlockOperation.part(whole, done, connection.mostBytes());
            begin(whole, part);
            done += (int) part.length();
        }
    }

    private void begin(BlockTransfer whole, BlockOperation operation) {
        Part part = new Part(whole);
        underWay.add(part); // beforehand: what is begun has to be waited for
        try {
            part.slot = connection.begin(operation, underWay.size() == 1);
            while (part.slot == null) {
                endFirst();
                part.slot = connection.begin(operation, underWay.size() == 1);
            }
        } catch (IOException e) {
            unmade.add(whole);
        } finally {
            if (part.slot == null) {
                underWay.removeLast();
            }
        }
    }

    private void endFirst() {
        Part first = underWay.remove();
        try {
            if (connection.await(first.slot) != BlockMessages.STATUS_OKAY) {
                unmade.add(first.whole);
            }
        } catch (IOException e) {
            unmade.add(first.whole);
        }
    }

    /** Also if there is no memory to say how one ended: the others are the backend's until then. */
    private void end() {
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
