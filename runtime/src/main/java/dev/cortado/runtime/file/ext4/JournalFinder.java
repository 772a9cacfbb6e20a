package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.ext4.map.FileMap;
import dev.cortado.runtime.file.ext4.map.Mapping;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.journal.Journal;
import dev.cortado.runtime.file.storage.journal.JournalBlocks;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;

/** Finds the blocks of the journal, which is a file without a name. */
final class JournalFinder {
    private JournalFinder() {}

    /**
     * Opens the journal of a file system that has one.
     *
     * @throws FileException EUCLEAN if its inode cannot be that of a journal; and what the journal
     *     says
     */
    static Journal open(Storage storage, Geometry geometry) throws FileException {
        MetadataStore store = SuperblockAccess.readOnly(storage, geometry);
        BlockGroups groups =
                BlockGroups.beforeRecovery(geometry, new Superblock(geometry, store), store);
        InodeTable table = new InodeTable(groups);
        long number = geometry.journalInode();
        InodeRecord record = table.read(number);
        record.verify();
        long size = record.size();
        boolean isFile = record.kind() == FileKind.REGULAR && record.links() > 0;
        if (!isFile || size < geometry.blockBytes() || size / geometry.blockBytes() > 1L << 31) {
            throw DamageException.ofInode(number, "no journal");
        }
        FileMap map =
                new FileMap(
                        groups,
                        new BlockAllocator(groups, false),
                        new InodeMapRoot(
                                table,
                                number,
                                record.checksumSeed(),
                                record.hasFlag(InodeFlag.EXTENTS)));
        JournalBlocks places = new JournalBlocks(storage, geometry.blockBytes());
        long count = size / geometry.blockBytes();
        for (long block = 0; block < count; ) {
            Mapping mapping = map.lookup(block);
            if (!mapping.hasBytes()) {
                throw DamageException.ofInode(number, "a journal with a hole");
            }
            long run = Math.min(mapping.count(), count - block);
            places.add(mapping.place(), run);
            block += run;
        }
        return Journal.open(places);
    }
}
