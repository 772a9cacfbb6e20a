package dev.cortado.runtime.file.ext4;

/** What is done when damage is found (mount option {@code errors}, ext4(5)). */
public enum ErrorBehaviour {
    /** It is only told, and recorded in the superblock. */
    CONTINUE("continue"),
    /** After that, nothing may be changed any more. */
    REMOUNT_READ_ONLY("remount-ro"),
    /** After that, {@link MountOptions#panic} is run. */
    PANIC("panic");

    private final String text;

    ErrorBehaviour(String text) {
        this.text = text;
    }

    /** As the superblock has it: what it does not know stands for {@link #CONTINUE}. */
    static ErrorBehaviour of(int number) {
        return number > 0 && number <= values().length ? values()[number - 1] : CONTINUE;
    }

    /** What {@code errors=} says; null if there is no such behaviour. */
    static ErrorBehaviour of(String text) {
        for (ErrorBehaviour behaviour : values()) {
            if (behaviour.text.equals(text)) {
                return behaviour;
            }
        }
        return null;
    }
}
