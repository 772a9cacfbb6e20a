package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.zip.InflateStream;
import dev.cortado.runtime.zip.InflateStream.Status;
import dev.cortado.runtime.zip.ZlibResult;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The natives of {@link Inflater}. Its own lock keeps threads from using a stream at once. */
@TargetClass(Inflater.class)
final class Target_java_util_zip_Inflater {
    @Alias private int inputConsumed;
    @Alias private int outputConsumed;

    @Substitute
    private static void initIDs() {}

    @Substitute
    private static long init(boolean raw) {
        return ZipStreams.INFLATING.add(new InflateStream(raw));
    }

    @Substitute
    private static void setDictionary(long handle, byte[] dictionary, int offset, int length) {
        ZipStreams.INFLATING.get(handle).setDictionary(dictionary, offset, length);
    }

    @Substitute
    private static void setDictionaryBuffer(long handle, long address, int length) {
        setDictionary(handle, NativeBytes.read(address, length), 0, length);
    }

    @Substitute
    private long inflateBytesBytes(
            long handle,
            byte[] input,
            int inputOffset,
            int inputLength,
            byte[] output,
            int outputOffset,
            int outputLength)
            throws DataFormatException {
        InflateStream stream = ZipStreams.INFLATING.get(handle);
        Status status =
                stream.inflate(input, inputOffset, inputLength, output, outputOffset, outputLength);
        if (status == Status.BROKEN) {
            inputConsumed = stream.consumed();
            outputConsumed = stream.produced();
            throw new DataFormatException(stream.message());
        }
        return ZlibResult.of(stream, status);
    }

    @Substitute
    private long inflateBytesBuffer(
            long handle,
            byte[] input,
            int inputOffset,
            int inputLength,
            long outputAddress,
            int outputLength)
            throws DataFormatException {
        byte[] output = new byte[outputLength];
        try {
            return inflateBytesBytes(
                    handle, input, inputOffset, inputLength, output, 0, outputLength);
        } finally {
            NativeBytes.write(output, ZipStreams.INFLATING.get(handle).produced(), outputAddress);
        }
    }

    @Substitute
    private long inflateBufferBytes(
            long handle,
            long inputAddress,
            int inputLength,
            byte[] output,
            int outputOffset,
            int outputLength)
            throws DataFormatException {
        byte[] input = NativeBytes.read(inputAddress, inputLength);
        return inflateBytesBytes(handle, input, 0, inputLength, output, outputOffset, outputLength);
    }

    @Substitute
    private long inflateBufferBuffer(
            long handle, long inputAddress, int inputLength, long outputAddress, int outputLength)
            throws DataFormatException {
        byte[] input = NativeBytes.read(inputAddress, inputLength);
        return inflateBytesBuffer(handle, input, 0, inputLength, outputAddress, outputLength);
    }

    @Substitute
    private static int getAdler(long handle) {
        return ZipStreams.INFLATING.get(handle).adler();
    }

    @Substitute
    private static void reset(long handle) {
        ZipStreams.INFLATING.get(handle).reset();
    }

    @Substitute
    private static void end(long handle) {
        ZipStreams.INFLATING.remove(handle);
    }
}
