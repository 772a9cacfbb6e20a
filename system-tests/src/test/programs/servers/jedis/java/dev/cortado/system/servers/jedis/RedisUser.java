package dev.cortado.system.servers.jedis;

import dev.cortado.system.servers.site.Pattern;
import dev.cortado.system.servers.site.Sum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Jedis at work. The arguments are the server's host and port, and what it prints is the same
 * wherever it runs.
 */
public final class RedisUser {
    private static final int LARGE = 10 << 20;
    private static final int MANY = 1000;
    private static final int THREADS = 50;

    private final RedisClient redis;

    private RedisUser(RedisClient redis) {
        this.redis = redis;
    }

    public static void main(String[] arguments) throws Exception {
        String host = arguments[0];
        int port = Integer.parseInt(arguments[1]);
        try (RedisClient client = RedisClient.create(host, port, null, "espresso")) {
            RedisUser user = new RedisUser(client);
            user.values();
            user.manyCommands();
            user.script();
            user.threads();
            Orders.run(client);
        }
        try (RedisClient client = RedisClient.create(host, port, null, "decaffeinated")) {
            System.out.println(client.ping());
        } catch (JedisException e) {
            System.out.println(root(e).getMessage());
        }
    }

    private static Throwable root(Throwable error) {
        return error.getCause() == null ? error : root(error.getCause());
    }

    private void values() {
        System.out.println(redis.set("drink", "caf\u00e9") + " " + redis.get("drink"));
        System.out.println(redis.get("nothing"));
        redis.hset("prices", "espresso", "2");
        redis.hset("prices", "latte", "3");
        System.out.println(new TreeMap<>(redis.hgetAll("prices")));
        redis.rpush("queue", "one", "two", "three");
        System.out.println(redis.lpop("queue") + " " + redis.lrange("queue", 0, -1));
        redis.zadd("strength", 2.5, "espresso");
        redis.zadd("strength", 1, "latte");
        System.out.println(redis.zrangeWithScores("strength", 0, -1));
        byte[] key = "photo".getBytes(StandardCharsets.US_ASCII);
        redis.set(key, Pattern.piece(0, LARGE));
        Sum sum = new Sum();
        sum.add(ByteBuffer.wrap(redis.get(key)));
        System.out.println(sum);
        try {
            redis.incr("drink");
        } catch (JedisDataException e) {
            System.out.println(e.getMessage());
        }
    }

    private void manyCommands() {
        List<Response<Long>> counts = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            for (int i = 0; i < MANY; i++) {
                pipeline.set("key " + i, "value " + i);
                counts.add(pipeline.incr("count"));
            }
            pipeline.sync();
        }
        System.out.println("count " + counts.getLast().get());
        try (AbstractTransaction transaction = redis.multi()) {
            transaction.incr("count");
            transaction.del("key 0");
            System.out.println(transaction.exec());
        }
        int found = 0;
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> part = redis.scan(cursor, new ScanParams().match("key *"));
            found += part.getResult().size();
            cursor = part.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        System.out.println("found " + found);
    }

    private void script() {
        String script = "return {KEYS[1], ARGV[1] + 1, redis.call('get', KEYS[1])}";
        System.out.println(redis.eval(script, List.of("drink"), List.of("41")));
    }

    /**
     * More than there are connections. Not virtual ones: whoever waits for Commons Pool 2.13 to
     * make a connection spins, and on one processor keeps the virtual thread that makes it from
     * going on.
     */
    private void threads() throws Exception {
        List<Future<Long>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                results.add(
                        threads.submit(() -> {
                            for (int j = 0; j < THREADS; j++) {
                                redis.incr("shared");
                            }
                            return redis.incrBy("shared", 0);
                        }));
            }
        }
        long most = 0;
        for (Future<Long> result : results) {
            most = Math.max(most, result.get());
        }
        System.out.println("shared " + most);
    }
}
