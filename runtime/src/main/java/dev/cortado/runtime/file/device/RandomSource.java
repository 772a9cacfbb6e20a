package dev.cortado.runtime.file.device;

/** Where random bytes come from. */
public interface RandomSource {
    /** Fills the array. */
    void next(byte[] bytes);

    /** Mixes in what others may know. */
    void add(byte[] bytes);
}
