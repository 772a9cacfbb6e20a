package dev.cortado.drivers.acpi.aml;

/** Reads a part of a definition block from its start to its end, and never beyond. */
final class AmlCursor {
    private static final int EXTENDED_PREFIX = 0x5b;

    private final DefinitionBlock block;
    private int position;
    private int end;

    AmlCursor(DefinitionBlock block, int start, int end) {
        this.block = block;
        position = start;
        this.end = end;
    }

    DefinitionBlock block() {
        return block;
    }

    int position() {
        return position;
    }

    /** Goes on elsewhere: back to the start of a loop, or behind a block. */
    void moveTo(int position) {
        this.position = position;
    }

    int end() {
        return end;
    }

    /** Where to stop from now on: at the end of a block, or again at that of the one around it. */
    void setEnd(int end) {
        this.end = end;
    }

    boolean isAtEnd() {
        return position >= end;
    }

    int next() throws AmlException {
        return (int) number(1);
    }

    /** The next byte, which stays; -1 if there is none. */
    int peek() {
        return position < end ? block.byteAt(position) : -1;
    }

    /** Of two bytes if the first is ExtOpPrefix (ACPI 6.5, 20.3). */
    int opcode() throws AmlException {
        int first = next();
        return first == EXTENDED_PREFIX ? first << Byte.SIZE | next() : first;
    }

    /** A number of up to 8 bytes. */
    long number(int bytes) throws AmlException {
        require(bytes);
        long value = block.littleEndian(position, bytes);
        position += bytes;
        return value;
    }

    byte[] bytes(int count) throws AmlException {
        require(count);
        byte[] copy = block.copy(position, count);
        position += count;
        return copy;
    }

    /** How many bytes the text has that is next, up to a NUL, which is not counted. Stays there. */
    int lengthOfText() throws AmlException {
        int at = position;
        while (at < end && block.byteAt(at) != 0) {
            at++;
        }
        if (at == end) {
            throw new AmlException("A string without an end");
        }
        return at - position;
    }

    private void require(int count) throws AmlException {
        if (count > end - position) {
            throw new AmlException(count + " bytes where there are " + (end - position))
                    .at(block, position);
        }
    }

    /** PkgLength as a plain number, as lists of fields have it (20.2.4): up to 28 bits. */
    int packageLength() throws AmlException {
        int lead = next();
        int more = lead >> 6;
        return more == 0 ? lead & 0x3f : (int) number(more) << 4 | lead & 0xf;
    }

    /** PkgLength: the end of the block whose length it says, itself included. */
    int packageEnd() throws AmlException {
        int start = position;
        int length = packageLength();
        if (length < position - start || length > end - start) {
            throw new AmlException(
                            "A block of " + length + " bytes where there are " + (end - start))
                    .at(block, start);
        }
        return start + length;
    }
}
