package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.JointRequests;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one request makes of a transfer, together with others of the same caller. */
final class JointOperation implements JointRequests.Part {
    private final BlockConnection connection;
    private final BlockTransfer whole;
    private final BlockOperation operation;
    private final Set<BlockTransfer> unmade;
    private BlockSlot slot;

    private JointOperation(
            BlockConnection connection,
            BlockTransfer whole,
            BlockOperation operation,
            Set<BlockTransfer> unmade) {
        this.connection = connection;
        this.whole = whole;
        this.operation = operation;
        this.unmade = unmade;
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
    static Set<BlockTransfer> make(
            BlockConnection connection, List<BlockTransfer> transfers, Check check) {
        Set<BlockTransfer> unmade = new LinkedHashSet<>();
        JointRequests.make(
                transfers,
                (whole, joint) -> {
                    check.of(whole);
                    begin(connection, whole, joint, unmade);
                });
        return unmade;
    }

    private static void begin(
            BlockConnection connection,
            BlockTransfer whole,
            JointRequests joint,
            Set<BlockTransfer> unmade) {
        for (int done = 0; done < whole.length() && !unmade.contains(whole); ) {
            BlockOperation part = BlockOperation.part(whole, done, connection.mostBytes());
            joint.begin(new JointOperation(connection, whole, part, unmade));
            done += (int) part.length();
        }
    }

    @Override
    public boolean begin(boolean waits) throws IOException {
        slot = connection.begin(operation, waits);
        return slot != null;
    }

    @Override
    public void end() throws IOException {
        if (connection.await(slot) != BlockMessages.STATUS_OKAY) {
            unmade.add(whole);
        }
    }

    /** Why, it says when it is made alone. */
    @Override
    public void fail(Exception why) {
        unmade.add(whole);
    }
}
