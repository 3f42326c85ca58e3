substring(route, 1, 2 * arrayCount(at -> at <= {within:Float64}, came_at))
