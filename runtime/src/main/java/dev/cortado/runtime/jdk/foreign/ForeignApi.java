package dev.cortado.runtime.jdk.foreign;

import com.oracle.svm.core.SubstrateOptions;
import java.util.function.BooleanSupplier;

/**
 * Whether the image has {@code java.lang.foreign}: unless an option of the compiler takes it away.
 */
final class ForeignApi implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
        return SubstrateOptions.isForeignAPIEnabled();
    }

    /** What a program is told that calls native code, or wants to be called by it. */
    static UnsupportedOperationException noNativeCode(String what) {
        return new UnsupportedOperationException(
                what + ": there is no native code in this image, and no way to call it");
    }
}
