package app;

/** Calls code that is not Java. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println(answer());
    }

    private static native int answer();
}
