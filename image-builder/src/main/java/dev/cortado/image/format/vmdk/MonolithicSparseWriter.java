package dev.cortado.image.format.vmdk;

import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.SparseFile;
import dev.cortado.image.image.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Writes a disk that grows when it is written to: header, descriptor, all tables twice, grains. */
public final class MonolithicSparseWriter {
    private static final int VERSION = 1;

    private MonolithicSparseWriter() {}

    /**
     * @throws dev.cortado.image.UserError if the disk cannot be read, or the file not be written
     */
    public static void write(ByteSource disk, Path file) {
        String name = file.getFileName().toString();
        AtomicFile.write(file, channel -> write(disk, name, channel));
    }

    private static void write(ByteSource disk, String name, FileChannel channel)
            throws IOException {
        SparseFile file = new SparseFile(channel);
        int tables = SparseExtent.tables(disk.size());
        long directorySectors = SparseExtent.sectors((long) tables * Integer.BYTES);
        long tableSectors = SparseExtent.sectors((long) tables * SparseExtent.TABLE_BYTES);
        long redundant = 1 + SparseExtent.DESCRIPTOR_SECTORS;
        long directory = redundant + directorySectors + tableSectors;
        long overhead =
                Blocks.roundUp(
                        directory + directorySectors + tableSectors, SparseExtent.GRAIN_SECTORS);
        ByteBuffer entries = SparseExtent.zeros(tableSectors);
        long[] end = {overhead};
        Blocks.visit(
                disk,
                SparseExtent.GRAIN_BYTES,
                (grain, bytes) -> {
                    entries.putInt((int) grain * Integer.BYTES, Math.toIntExact(end[0]));
                    file.write(end[0] * SparseExtent.SECTOR_BYTES, bytes);
                    end[0] += SparseExtent.GRAIN_SECTORS;
                });
        for (long at : new long[] {redundant, directory}) {
            long first = at + directorySectors;
            file.write(at * SparseExtent.SECTOR_BYTES, directory(tables, first));
            file.write(first * SparseExtent.SECTOR_BYTES, entries.duplicate());
        }
        ByteBuffer header =
                SparseExtent.header(VERSION, SparseExtent.REDUNDANT_TABLES, disk.size(), directory);
        header.putLong(SparseExtent.REDUNDANT_DIRECTORY, redundant);
        header.putLong(SparseExtent.OVERHEAD, overhead);
        file.write(0, header);
        file.write(SparseExtent.SECTOR_BYTES, DiskDescriptor.of("monolithicSparse", name, disk));
        file.extend(end[0] * SparseExtent.SECTOR_BYTES);
    }

    private static ByteBuffer directory(int tables, long first) {
        ByteBuffer directory = SparseExtent.zeros(SparseExtent.sectors(tables * 4L));
        for (int table = 0; table < tables; table++) {
            long at = first + SparseExtent.sectors((long) table * SparseExtent.TABLE_BYTES);
            directory.putInt(Math.toIntExact(at));
        }
        return directory.clear();
    }
}
