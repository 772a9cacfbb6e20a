package app;

/** One of two with a main. */
public final class Two {
    private Two() {}

    public static void main(String[] args) {
        System.out.println("never");
    }
}
