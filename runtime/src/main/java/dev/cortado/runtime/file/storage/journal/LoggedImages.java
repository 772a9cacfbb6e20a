package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.storage.transaction.CommittedImages;
import dev.cortado.runtime.file.storage.transaction.Snapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** The blocks of the log's transactions, as the last of them has left each. */
final class LoggedImages implements CommittedImages {
    /** A block, and its bytes. */
    record Image(long block, ByteBuffer bytes) {}

    private final TreeMap<Long, ByteBuffer> images = new TreeMap<>();

    @Override
    public synchronized ByteBuffer image(long block) {
        return images.get(block);
    }

    @Override
    public synchronized void visit(long first, long count, LongConsumer visitor) {
        images.subMap(first, first + count).keySet().forEach(visitor::accept);
    }

    synchronized int count() {
        return images.size();
    }

    /** A transaction was logged. */
    synchronized void add(Snapshot transaction) {
        images.keySet().removeAll(transaction.revoked());
        images.putAll(transaction.images());
    }

    /** All of them, by their numbers. */
    synchronized List<Image> all() {
        List<Image> all = new ArrayList<>(images.size());
        images.forEach((block, bytes) -> all.add(new Image(block, bytes)));
        return all;
    }

    /** All are in their places. */
    synchronized void clear() {
        images.clear();
    }
}
