package dev.cortado.runtime.jdk;

import dev.cortado.runtime.zip.DeflateStream;
import dev.cortado.runtime.zip.InflateStream;

/** The streams behind {@link java.util.zip.Inflater} and {@link java.util.zip.Deflater}. */
final class ZipStreams {
    static final HandleTable<InflateStream> INFLATING = new HandleTable<>();
    static final HandleTable<DeflateStream> DEFLATING = new HandleTable<>();

    private ZipStreams() {}
}
