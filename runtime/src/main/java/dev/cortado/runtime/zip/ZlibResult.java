package dev.cortado.runtime.zip;

import dev.cortado.runtime.zip.DeflateStream.Status;

/**
 * The results of {@code java.util.zip}'s natives, packed into a long as Inflater.c and Deflater.c
 * of the JDK do: bytes of input used in bits 0 to 30, bytes of output made in 31 to 61, then two
 * flags.
 */
public final class ZlibResult {
    private static final int OUTPUT_SHIFT = 31;
    private static final long FINISHED = 1L << 62;

    /** For inflation. */
    private static final long NEEDS_DICTIONARY = 1L << 63;

    /** For deflation: the parameters are not set yet. */
    private static final long SET_PARAMETERS = 1L << 63;

    private ZlibResult() {}

    /** The result of a call of {@link InflateStream#inflate} that found the stream not broken. */
    public static long of(InflateStream stream, InflateStream.Status status) {
        long result = pack(stream.consumed(), stream.produced());
        return switch (status) {
            case END -> result | FINISHED;
            case NEEDS_DICTIONARY -> result | NEEDS_DICTIONARY;
            default -> result;
        };
    }

    /**
     * Compresses as one call of the natives does.
     *
     * @param parameters bit 0: instead, set the strategy in bits 1 and 2 and the level in those
     *     above
     * @throws InternalError if the stream was finished before
     */
    public static long deflate(
            DeflateStream stream,
            byte[] input,
            int inputOffset,
            int inputLength,
            byte[] output,
            int outputOffset,
            int outputLength,
            int flush,
            int parameters) {
        boolean set = (parameters & 1) != 0;
        Status status =
                set
                        ? stream.setParameters(
                                parameters >> 3,
                                parameters >> 1 & 3,
                                input,
                                inputOffset,
                                inputLength,
                                output,
                                outputOffset,
                                outputLength)
                        : stream.deflate(
                                input,
                                inputOffset,
                                inputLength,
                                output,
                                outputOffset,
                                outputLength,
                                flush);
        long result = pack(stream.consumed(), stream.produced());
        return switch (status) {
            case OK -> result;
            case END -> result | FINISHED;
            case NO_PROGRESS -> set ? result | SET_PARAMETERS : 0;
            case MISUSE -> throw new InternalError("stream error");
        };
    }

    private static long pack(int input, int output) {
        return input | (long) output << OUTPUT_SHIFT;
    }
}
