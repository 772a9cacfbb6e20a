package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.ForwardingStorage;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.StoragePart;
import java.nio.ByteBuffer;
import java.util.List;

/** A disk to which flushes of one kind are not sent. */
final class ForgetfulStorage extends ForwardingStorage {
    private final FlushKind forgotten;
    private JournalBlocks journal;
    private FlushKind last = FlushKind.HOME;

    /**
     * @param forgotten null for none
     */
    ForgetfulStorage(Storage storage, FlushKind forgotten) {
        super(storage);
        this.forgotten = forgotten;
    }

    void setJournal(JournalBlocks places) {
        journal = places;
    }

    @Override
    public void write(long position, ByteBuffer from) throws FileException {
        last = kind(position, from);
        super.write(position, from);
    }

    @Override
    public void writeAll(List<StoragePart> parts) throws FileException {
        for (StoragePart part : parts) {
            write(part.position(), part.bytes());
        }
    }

    @Override
    public void zero(long position, long length) throws FileException {
        throw new UnsupportedOperationException("a journal is written to");
    }

    private FlushKind kind(long position, ByteBuffer from) {
        if (!journal.contains(this, position / journal.blockBytes())) {
            return FlushKind.HOME;
        }
        int magic = from.getInt(from.position());
        int kind = from.getInt(from.position() + 4);
        if (magic == JournalFormat.MAGIC && kind == JournalFormat.COMMIT) {
            return FlushKind.COMMIT;
        }
        return position == journal.position(0) ? FlushKind.SUPERBLOCK : FlushKind.LOG;
    }

    @Override
    public void flush() throws FileException {
        if (last != forgotten) {
            super.flush();
        }
    }
}
