package dev.cortado.boot.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Structures written down byte by byte from the comments in Xen's start_info.h. */
class PvhStartInfoTest {

    private static final ByteBuffer START_INFO =
            bytes(
                    "78 C5 6E 33" // magic
                            + "01 00 00 00" // version
                            + "02 00 00 00" // flags
                            + "03 00 00 00" // nr_modules
                            + "04 00 00 00 00 00 00 00" // modlist_paddr
                            + "05 00 00 00 00 00 00 00" // cmdline_paddr
                            + "06 00 00 00 00 00 00 00" // rsdp_paddr
                            + "07 00 00 00 00 00 00 00" // memmap_paddr
                            + "08 00 00 00" // memmap_entries
                            + "00 00 00 00"); // reserved

    private static final ByteBuffer MEMORY_MAP_ENTRY =
            bytes(
                    "01 00 00 00 00 00 00 00" // addr
                            + "02 00 00 00 00 00 00 00" // size
                            + "01 00 00 00" // type
                            + "00 00 00 00"); // reserved

    private static final ByteBuffer MODULE =
            bytes(
                    "01 00 00 00 00 00 00 00" // paddr
                            + "02 00 00 00 00 00 00 00" // size
                            + "03 00 00 00 00 00 00 00" // cmdline_paddr
                            + "00 00 00 00 00 00 00 00"); // reserved

    @Test
    void startInfo() {
        assertEquals(PvhStartInfo.SIZE_VERSION_1, START_INFO.capacity());
        assertEquals(PvhStartInfo.MAGIC_VALUE, START_INFO.getInt(PvhStartInfo.MAGIC));
        assertEquals(1, START_INFO.getInt(PvhStartInfo.VERSION));
        assertEquals(2, START_INFO.getInt(PvhStartInfo.FLAGS));
        assertEquals(3, START_INFO.getInt(PvhStartInfo.MODULE_COUNT));
        assertEquals(4, START_INFO.getLong(PvhStartInfo.MODULE_LIST));
        assertEquals(5, START_INFO.getLong(PvhStartInfo.COMMAND_LINE));
        assertEquals(6, START_INFO.getLong(PvhStartInfo.RSDP));
        assertEquals(7, START_INFO.getLong(PvhStartInfo.MEMORY_MAP));
        assertEquals(8, START_INFO.getInt(PvhStartInfo.MEMORY_MAP_COUNT));
        assertEquals(PvhStartInfo.SIZE_VERSION_0, PvhStartInfo.MEMORY_MAP);
    }

    @Test
    void memoryMapEntry() {
        assertEquals(PvhStartInfo.MEMORY_ENTRY_SIZE, MEMORY_MAP_ENTRY.capacity());
        assertEquals(1, MEMORY_MAP_ENTRY.getLong(PvhStartInfo.MEMORY_ADDRESS));
        assertEquals(2, MEMORY_MAP_ENTRY.getLong(PvhStartInfo.MEMORY_LENGTH));
        assertEquals(
                PvhStartInfo.MEMORY_TYPE_RAM, MEMORY_MAP_ENTRY.getInt(PvhStartInfo.MEMORY_TYPE));
    }

    @Test
    void module() {
        assertEquals(PvhStartInfo.MODULE_SIZE, MODULE.capacity());
        assertEquals(1, MODULE.getLong(PvhStartInfo.MODULE_ADDRESS));
        assertEquals(2, MODULE.getLong(PvhStartInfo.MODULE_LENGTH));
        assertEquals(3, MODULE.getLong(PvhStartInfo.MODULE_COMMAND_LINE));
    }

    private static ByteBuffer bytes(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
