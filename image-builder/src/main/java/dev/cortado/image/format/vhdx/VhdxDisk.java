package dev.cortado.image.format.vhdx;

import dev.cortado.image.format.bytes.BlockSource;
import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.TablePage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A disk of Microsoft's newer format, fixed or dynamic, which was closed as it should be. */
public final class VhdxDisk extends BlockSource {
    private static final int MOST_BLOCK_BYTES = 256 << 20;

    /** MS-VHDX 1.3: 64 TiB. */
    private static final long MOST_BYTES = 1L << 46;

    private final long table;
    private final long ratio;
    private final TablePage tablePage;

    private VhdxDisk(
            ByteSource file, VhdxRegions regions, long size, int blockBytes, int sectorBytes) {
        super(file, size, blockBytes);
        ratio = VhdxLayout.CHUNK_SECTORS * sectorBytes / blockBytes;
        table = regions.blockTable().offset();
        long blocks = Blocks.count(size, blockBytes);
        long bytes = blocks == 0 ? 0 : (blocks + (blocks - 1) / ratio) * Long.BYTES;
        if (bytes > regions.blockTable().length()) {
            throw damaged(
                    "its table of blocks has %d bytes, and its size needs %d",
                    regions.blockTable().length(), bytes);
        }
        tablePage = new TablePage(file, ByteOrder.LITTLE_ENDIAN, "the table of blocks");
    }

    /** Whether a file begins as such a disk. */
    public static boolean is(ByteSource file) {
        return file.size() >= VhdxLayout.MEBI
                && file.bytes(0, Long.BYTES, "the signature")
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong()
                        == VhdxLayout.FILE_SIGNATURE;
    }

    /**
     * @throws dev.cortado.image.UserError if it is damaged, is open elsewhere, or has a parent
     */
    public static VhdxDisk open(ByteSource file) {
        VhdxRegions regions = VhdxRegions.read(file);
        VhdxMetadata metadata = VhdxMetadata.read(file, regions.metadata());
        ByteBuffer parameters = metadata.item(VhdxLayout.FILE_PARAMETERS, 8, "file parameters");
        if ((parameters.getInt(Integer.BYTES) & VhdxLayout.HAS_PARENT) != 0) {
            throw file.unsupported("it has bytes of another disk, its parent");
        }
        int blockBytes = parameters.getInt(0);
        boolean isPower = Integer.bitCount(blockBytes) == 1;
        if (blockBytes < VhdxLayout.MEBI || blockBytes > MOST_BLOCK_BYTES || !isPower) {
            throw file.damaged("a block has %s bytes", Integer.toUnsignedString(blockBytes));
        }
        int sector = metadata.item(VhdxLayout.LOGICAL_SECTOR, 4, "sector size").getInt(0);
        if (sector != 512 && sector != 4096) {
            throw file.damaged("a sector has %s bytes", Integer.toUnsignedString(sector));
        }
        long size = metadata.item(VhdxLayout.DISK_SIZE, 8, "disk size").getLong(0);
        if (size < 0 || size > MOST_BYTES) {
            throw file.damaged("its disk has %s bytes", Long.toUnsignedString(size));
        }
        return new VhdxDisk(file, regions, size, blockBytes, sector);
    }

    private long entry(long block) {
        return tablePage.int64(table + (block + block / ratio) * Long.BYTES);
    }

    @Override
    protected boolean isHole(long block) {
        int state = (int) entry(block) & VhdxLayout.STATE_MASK;
        if (state > VhdxLayout.UNMAPPED && state != VhdxLayout.FULLY_PRESENT) {
            throw damaged(
                    "block %d is in state %d, which only a disk with a parent has", block, state);
        }
        return state != VhdxLayout.FULLY_PRESENT;
    }

    @Override
    protected void readBlock(long block, int offset, ByteBuffer into) {
        file().read((entry(block) & VhdxLayout.OFFSET_MASK) + offset, into);
    }
}
