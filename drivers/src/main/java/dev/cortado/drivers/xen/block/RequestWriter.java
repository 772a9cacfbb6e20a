package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.drivers.xen.ring.FrontRing;
import java.io.IOException;

/** Writes requests into a ring, and grants the backend the pages that they are about. */
final class RequestWriter {
    private static final int PAGE = BackendAccess.PAGE_BYTES;

    private final String name;
    private final BackendAccess access;
    private final int domain;
    private final BlockMessages messages;

    RequestWriter(String name, BackendAccess access, int domain, BlockMessages messages) {
        this.name = name;
        this.access = access;
        this.domain = domain;
        this.messages = messages;
    }

    /**
     * Gives the backend a page.
     *
     * @return the grant's reference
     * @throws IOException there are as many grants as there may be
     */
    int grant(long deviceAddress, boolean readOnly) throws IOException {
        int reference = access.grant(domain, deviceAddress, readOnly);
        if (reference == BackendAccess.NONE) {
            throw new IOException(name + ": no grant is left for domain " + domain);
        }
        return reference;
    }

    /**
     * Writes a request.
     *
     * @param slot gets the grants, also those before an error, of which nothing is in the ring
     */
    void write(BlockSlot slot, BlockOperation operation, FrontRing ring) throws IOException {
        long sector = operation.position() / BlockMessages.SECTOR_BYTES;
        if (operation.code() == BlockMessages.DISCARD) {
            long sectors = operation.length() / BlockMessages.SECTOR_BYTES;
            messages.discard(ring.nextRequest(), slot.id, sector, sectors);
            return;
        }
        long length = operation.length();
        long first =
                operation.buffer() == null
                        ? 0
                        : operation.buffer().deviceAddress(operation.offset(), length);
        int count =
                operation.buffer() == null ? 0 : (int) Math.ceilDiv(first % PAGE + length, PAGE);
        for (int i = 0; i < count; i++) {
            long page = (first & -PAGE) + (long) i * PAGE;
            slot.grants[i] = grant(page, operation.code() != BlockMessages.READ);
            slot.granted++;
        }
        long entry = ring.nextRequest();
        long table;
        if (count <= BlockMessages.MOST_DIRECT) {
            messages.direct(entry, operation.code(), count, slot.id, sector);
            table = BlockMessages.segments(entry);
        } else {
            messages.indirect(entry, operation.code(), count, slot.id, sector, slot.page);
            table = slot.pageAddress;
        }
        for (int i = 0; i < count; i++) {
            int begin = i == 0 ? (int) (first % PAGE) : 0;
            int end = (int) Math.min(PAGE, first % PAGE + length - (long) i * PAGE);
            messages.segment(
                    table,
                    i,
                    slot.grants[i],
                    begin / BlockMessages.SECTOR_BYTES,
                    end / BlockMessages.SECTOR_BYTES - 1);
        }
    }
}
