package dev.cortado.drivers.block.controller;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.drivers.block.JointRequests;
import java.io.IOException;
import java.util.List;

/** What one request makes of a transfer, together with others of the same caller. */
final class JointTransfer implements JointRequests.Part {
    private final DiskCommands commands;
    private final BlockTransfer whole;
    private final DiskTransfer part;
    private final List<JointTransfer> again;
    private Request<Boolean> request;

    /**
     * @param again gets it if it is to be {@link #run} when nothing is under way any more
     */
    JointTransfer(
            DiskCommands commands,
            BlockTransfer whole,
            DiskTransfer part,
            List<JointTransfer> again) {
        this.commands = commands;
        this.whole = whole;
        this.part = part;
        this.again = again;
    }

    @Override
    public boolean begin(boolean waits) throws IOException {
        request = commands.begin(part, waits);
        return request != null;
    }

    @Override
    public void end() throws IOException {
        if (!request.await()) {
            again.add(this);
        }
    }

    /** That the device may still have a buffer counts more than all else. */
    @Override
    public void fail(Exception why) {
        if (whole.failure() == null || BufferInUseException.isIn(why)) {
            whole.end(why);
        }
    }

    /** Makes it alone. */
    void run() {
        try {
            commands.run(part);
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }
}
