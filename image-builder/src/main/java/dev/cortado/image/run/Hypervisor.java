package dev.cortado.image.run;

/** What runs a guest. */
public interface Hypervisor {
    /** The guest's kernel has panicked. */
    int PANIC = 70;

    /** The guest could not start, or stopped without saying why. */
    int DIED = 71;

    /** The guest was ended because its time was up; as with the {@code timeout} command. */
    int TIMED_OUT = 124;

    /**
     * Runs an image until it ends, with its console on this process's standard input and output.
     *
     * @return the guest's exit code, or one of the constants of this interface
     * @throws dev.cortado.image.UserError if it cannot be started
     */
    int run(RunRequest request);
}
