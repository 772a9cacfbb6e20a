package dev.cortado.drivers.block.controller;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.BufferInUseException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Transfers of one caller that are under way together. All that was begun is waited for. */
final class JointTransfers {
    private final DiskCommands commands;
    private final ArrayDeque<Part> underWay = new ArrayDeque<>();
    private final List<Part> again = new ArrayList<>();

    /** What a request makes of a transfer. */
    private static final class Part {
        private final BlockTransfer whole;
        private final DiskTransfer transfer;
        private Request<Boolean> request;

        Part(BlockTransfer whole, DiskTransfer transfer) {
            this.whole = whole;
            this.transfer = transfer;
        }
    }

    JointTransfers(DiskCommands commands) {
        this.commands = commands;
    }

    /** Begins a transfer; what is wrong with it, it says itself. */
    void begin(BlockTransfer whole, List<DiskTransfer> parts) {
        for (int i = 0; i < parts.size() && whole.failure() == null; i++) {
            begin(new Part(whole, parts.get(i)));
        }
    }

    private void begin(Part part) {
        underWay.add(part); // beforehand: what is begun has to be waited for
        try {
            part.request = commands.begin(part.transfer, underWay.size() == 1);
            while (part.request == null) {
                endFirst();
                part.request = commands.begin(part.transfer, underWay.size() == 1);
            }
        } catch (IOException | RuntimeException e) {
            fail(part.whole, e);
        } finally {
            if (part.request == null) {
                underWay.removeLast();
            }
        }
    }

    private void endFirst() {
        Part first = underWay.remove();
        try {
            if (!first.request.await()) {
                again.add(first);
            }
        } catch (IOException | RuntimeException e) {
            fail(first.whole, e);
        }
    }

    /** That the device may still have a buffer counts more than all else. */
    private static void fail(BlockTransfer whole, Exception failure) {
        if (whole.failure() == null || BufferInUseException.isIn(failure)) {
            whole.end(failure);
        }
    }

    /** Waits for all, and makes again what was not made. */
    void end() {
        awaitAll();
        for (Part part : again) {
            try {
                commands.run(part.transfer);
            } catch (IOException | RuntimeException e) {
                fail(part.whole, e);
            }
        }
    }

    /** Also if there is no memory to say how one ended: the others are the device's until then. */
    private void awaitAll() {
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
