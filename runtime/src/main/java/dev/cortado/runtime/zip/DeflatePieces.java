package dev.cortado.runtime.zip;

/** A piece of input and a piece of room for output, and how far they are used. */
final class DeflatePieces {
    byte[] input;
    int inputNext;
    private int inputEnd;
    private byte[] output;
    private int outputNext;
    private int outputEnd;

    /** Goes on with another piece of input. */
    void openInput(byte[] piece, int offset, int length) {
        input = piece;
        inputNext = offset;
        inputEnd = offset + length;
    }

    /** Goes on with another piece of room. */
    void openOutput(byte[] piece, int offset, int length) {
        output = piece;
        outputNext = offset;
        outputEnd = offset + length;
    }

    /** Forgets both, so that nobody keeps them from being collected. */
    void close() {
        input = null;
        output = null;
    }

    int available() {
        return inputEnd - inputNext;
    }

    int outputNext() {
        return outputNext;
    }

    boolean isFull() {
        return outputNext == outputEnd;
    }

    /** Gives out what is complete; returns false if the room is used up. */
    boolean write(BitWriter pending) {
        pending.flushBits();
        outputNext += pending.drain(output, outputNext, outputEnd - outputNext);
        return !isFull();
    }
}
