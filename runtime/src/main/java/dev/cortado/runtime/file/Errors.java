package dev.cortado.runtime.file;

/**
 * Error numbers that the JDK's file code for Unix knows, as on Linux (asm-generic/errno-base.h).
 */
public final class Errors {
    public static final int NONE = 0;
    public static final int NOT_FOUND = 2;
    public static final int BAD_DESCRIPTOR = 9;
    public static final int EXISTS = 17;
    public static final int IS_DIRECTORY = 21;
    public static final int INVALID = 22;
    public static final int READ_ONLY = 30;
    public static final int NOT_SUPPORTED = 95;

    private Errors() {}

    /** What people read, in the words of the C library. */
    public static String message(int error) {
        return switch (error) {
            case NONE -> "Success";
            case NOT_FOUND -> "No such file or directory";
            case BAD_DESCRIPTOR -> "Bad file descriptor";
            case EXISTS -> "File exists";
            case IS_DIRECTORY -> "Is a directory";
            case INVALID -> "Invalid argument";
            case READ_ONLY -> "Read-only file system";
            case NOT_SUPPORTED -> "Operation not supported";
            default -> "Unknown error " + error;
        };
    }
}
