package dev.cortado.boot.pe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A file with some code that runs wherever it is loaded, and something that the code takes along.
 * What is where in the file is where in memory, counted from the file's first byte:
 *
 * <pre>
 *   0                        headers
 *   {@link #CODE_OFFSET}     section .text: the code
 *   the next page            section .reloc: nothing to relocate
 *   {@link #payloadOffset}   section .kernel: the payload
 *   the end                  the certificate table, if any, which is not loaded
 * </pre>
 *
 * @param code never written to; whatever is in it, its addresses are relative
 * @param entry offset in the code of its first instruction
 * @param payloadSize in bytes
 */
public record PortableExecutable(byte[] code, int entry, long payloadSize) {
    /** Where the code begins. */
    public static final int CODE_OFFSET = 0x1000;

    /** Sections are multiples of it, in the file as in memory. */
    private static final int PAGE = 0x1000;

    private static final int HEADER = 0x40;
    private static final int HEADER_ADDRESS = 0x3C;
    private static final short DOS_SIGNATURE = 0x5A4D;
    private static final int SIGNATURE = 0x4550;
    private static final short MACHINE_AMD64 = (short) 0x8664;
    private static final int SECTIONS = 3;
    private static final int FILE_HEADER_SIZE = 24;

    /** Executable, and fit for addresses beyond 2 GiB. */
    private static final short CHARACTERISTICS = 0x22;

    // The optional header, which a file of this kind has (2.4 "Optional Header").

    private static final int OPTIONAL_HEADER = HEADER + FILE_HEADER_SIZE;
    private static final short PE32_PLUS = 0x20B;
    private static final int DIRECTORIES = 16;
    private static final int DIRECTORIES_OFFSET = 112;
    private static final int OPTIONAL_HEADER_SIZE = DIRECTORIES_OFFSET + DIRECTORIES * Long.BYTES;
    private static final short EFI_APPLICATION = 10;

    /** Nothing is both written and executed. */
    private static final short NX_COMPATIBLE = 0x100;

    /** Where the file's checksum is. */
    public static final int CHECKSUM = OPTIONAL_HEADER + 64;

    /** Where the certificate table's offset and size are: the only offset that is not in memory. */
    public static final int CERTIFICATES = OPTIONAL_HEADER + DIRECTORIES_OFFSET + 4 * Long.BYTES;

    /** A certificate table's bytes are a multiple of it. */
    public static final int CERTIFICATES_ALIGNMENT = 8;

    private static final int RELOCATIONS = OPTIONAL_HEADER + DIRECTORIES_OFFSET + 5 * Long.BYTES;

    // Flags of sections (4.1 "Section Flags").

    private static final int CODE = 0x20;
    private static final int INITIALIZED_DATA = 0x40;
    private static final int DISCARDABLE = 0x0200_0000;
    private static final int EXECUTE = 0x2000_0000;
    private static final int READ = 0x4000_0000;

    private static final int SECTION_HEADER_SIZE = 40;

    /** All before it is written; from there to {@link #CODE_OFFSET}, a file may have its own. */
    public static final int HEADERS_END =
            OPTIONAL_HEADER + OPTIONAL_HEADER_SIZE + SECTIONS * SECTION_HEADER_SIZE;

    /** A block for page 0 with two entries that mean nothing (6.6 "The .reloc Section"). */
    private static final int RELOCATION_BLOCK_SIZE = 12;

    /** The first byte after the code's pages and the relocations' page. */
    public static int payloadOffset(int codeSize) {
        return Math.toIntExact(CODE_OFFSET + padded(codeSize) + PAGE);
    }

    /** Where the payload begins. */
    public int payloadOffset() {
        return payloadOffset(code.length);
    }

    /** Bytes of the file without certificates, and of what is loaded. */
    public int size() {
        return Math.toIntExact(payloadOffset() + padded(payloadSize));
    }

    /** Writes all but payload and checksum to a file that is zero there, but for the code. */
    public void write(ByteBuffer file) {
        ByteBuffer bytes = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int relocations = payloadOffset() - PAGE;
        int payload = payloadOffset();
        bytes.putShort(0, DOS_SIGNATURE).putInt(HEADER_ADDRESS, HEADER);
        bytes.position(HEADER);
        bytes.putInt(SIGNATURE).putShort(MACHINE_AMD64).putShort((short) SECTIONS);
        bytes.putInt(0).putInt(0).putInt(0);
        bytes.putShort((short) OPTIONAL_HEADER_SIZE).putShort(CHARACTERISTICS);
        optionalHeader(bytes);
        bytes.putInt(RELOCATIONS, relocations).putInt(RELOCATIONS + 4, RELOCATION_BLOCK_SIZE);
        bytes.position(OPTIONAL_HEADER + OPTIONAL_HEADER_SIZE);
        section(bytes, ".text", CODE_OFFSET, code.length, CODE | READ | EXECUTE);
        int flags = INITIALIZED_DATA | READ;
        section(bytes, ".reloc", relocations, RELOCATION_BLOCK_SIZE, flags | DISCARDABLE);
        section(bytes, ".kernel", payload, payloadSize, flags);
        bytes.put(CODE_OFFSET, code);
        bytes.putInt(relocations + Integer.BYTES, RELOCATION_BLOCK_SIZE);
    }

    private void optionalHeader(ByteBuffer bytes) {
        bytes.putShort(PE32_PLUS).putShort((short) 0);
        bytes.putInt((int) padded(code.length))
                .putInt((int) (PAGE + padded(payloadSize)))
                .putInt(0);
        bytes.putInt(CODE_OFFSET + entry).putInt(CODE_OFFSET);
        // No address is better than another.
        bytes.putLong(0).putInt(PAGE).putInt(PAGE);
        bytes.putLong(0).putLong(0);
        bytes.putInt(size()).putInt(CODE_OFFSET).putInt(0);
        bytes.putShort(EFI_APPLICATION).putShort(NX_COMPATIBLE);
        bytes.putLong(0).putLong(0).putLong(0).putLong(0).putInt(0).putInt(DIRECTORIES);
    }

    private static void section(ByteBuffer bytes, String name, int at, long size, int flags) {
        byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
        bytes.put(letters).put(new byte[Long.BYTES - letters.length]);
        bytes.putInt((int) size).putInt(at).putInt((int) padded(size)).putInt(at);
        bytes.putLong(0).putInt(0).putInt(flags);
    }

    /**
     * A file that is complete, with its checksum.
     *
     * @param plain the file without certificates
     * @param certificates the table; empty for none
     * @throws IllegalArgumentException if it is not a multiple of {@link #CERTIFICATES_ALIGNMENT}
     */
    public static ByteBuffer certified(ByteBuffer plain, byte[] certificates) {
        if (certificates.length % CERTIFICATES_ALIGNMENT != 0) {
            throw new IllegalArgumentException(certificates.length + " bytes of certificates");
        }
        int size = Math.addExact(plain.limit(), certificates.length);
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, plain, 0, plain.limit()).put(plain.limit(), certificates);
        if (certificates.length > 0) {
            file.putInt(CERTIFICATES, plain.limit());
            file.putInt(CERTIFICATES + Integer.BYTES, certificates.length);
        }
        return file.putInt(CHECKSUM, checksum(file));
    }

    /** As ImageHlp's CheckSumMappedFile has it: the 16-bit words with carries, and the size. */
    private static int checksum(ByteBuffer file) {
        long sum = 0;
        for (int at = 0; at < file.limit(); at += Integer.BYTES) {
            sum += at == CHECKSUM ? 0 : file.getInt(at) & 0xFFFF_FFFFL;
        }
        while (sum >>> Short.SIZE != 0) {
            sum = (sum & 0xFFFF) + (sum >>> Short.SIZE);
        }
        return (int) sum + file.limit();
    }

    /** Bytes of the file that a section of that size takes. */
    public static long padded(long size) {
        return -(-size & -PAGE);
    }
}
