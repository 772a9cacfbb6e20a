package dev.cortado.image.run;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Where a guest's console is.
 *
 * @param input what the guest reads
 * @param output what it writes, if its hypervisor does not do that itself
 * @param errors for messages about the guest, such as about its end
 */
record StandardStreams(SharedInput input, PrintStream output, PrintStream errors) {
    /** Those of the terminal that this process was started from. */
    static StandardStreams ofThisProcess() {
        return new StandardStreams(SharedInput.standard(), System.out, System.err);
    }

    /** Says that a guest was ended since its time was up. */
    void sayTimeOut(Duration patience) {
        errors.printf("cortado: the guest was ended after %s s%n", patience.toSeconds());
    }
}
