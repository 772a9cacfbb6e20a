package dev.cortado.system.servers.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many connections, each of a virtual thread's. */
final class Many {
    private static final int CONNECTIONS = 30;
    private static final int QUERIES = 20;

    private Many() {}

    static void run(Callable<Connection> connect) throws Exception {
        List<Future<Integer>> sums = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                int number = i;
                sums.add(threads.submit(() -> queries(connect, number)));
            }
        }
        int sum = 0;
        for (Future<Integer> each : sums) {
            sum += each.get();
        }
        System.out.println(CONNECTIONS + " connections: " + sum);
    }

    private static int queries(Callable<Connection> connect, int number) throws Exception {
        int sum = 0;
        try (Connection connection = connect.call();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < QUERIES; i++) {
                sum += query(statement, number * QUERIES + i);
            }
        }
        return sum;
    }

    private static int query(Statement statement, int number) throws SQLException {
        try (ResultSet row = statement.executeQuery("select " + number)) {
            row.next();
            return row.getInt(1);
        }
    }
}
