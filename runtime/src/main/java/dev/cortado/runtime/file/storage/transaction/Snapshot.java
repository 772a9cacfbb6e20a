package dev.cortado.runtime.file.storage.transaction;

import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A transaction as it was when its commit began.
 *
 * @param number as {@link MetadataStore#transaction} said
 * @param images the blocks that it changed, by their numbers: copies, not changed any more
 * @param revoked blocks that it freed whose earlier images are in the journal; none of them in
 *     {@code images}
 * @param held blocks that it freed
 */
public record Snapshot(
        long number,
        SortedMap<Long, ByteBuffer> images,
        SortedSet<Long> revoked,
        BlockRanges held) {}
