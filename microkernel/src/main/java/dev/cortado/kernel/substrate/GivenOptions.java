package dev.cortado.kernel.substrate;

import com.oracle.svm.core.SubstrateGCOptions;
import com.oracle.svm.core.SubstrateGCOptions.TlabOptions;
import com.oracle.svm.core.genscavenge.SerialAndEpsilonGCOptions;
import com.oracle.svm.core.option.RuntimeOptionKey;
import dev.cortado.kernel.start.CommandLine;
import java.util.List;

/**
 * Whether somebody has given options of the Java runtime: then they are validated. Defaults need
 * that as little at each start as on the day that they were chosen.
 */
final class GivenOptions {
    /** Those that have validations. */
    private static final List<RuntimeOptionKey<Long>> VALIDATED =
            List.of(
                    SubstrateGCOptions.MinHeapSize,
                    SubstrateGCOptions.MaxHeapSize,
                    SubstrateGCOptions.MaxNewSize,
                    SubstrateGCOptions.ReservedAddressSpaceSize,
                    TlabOptions.MinTLABSize,
                    TlabOptions.TLABSize,
                    SerialAndEpsilonGCOptions.InitialTLABSize);

    /** While the image was built; this class is initialized then. */
    private static final boolean IN_IMAGE =
            VALIDATED.stream().anyMatch(RuntimeOptionKey::hasBeenSet);

    private GivenOptions() {}

    static boolean any() {
        return IN_IMAGE || CommandLine.hasOption();
    }
}
