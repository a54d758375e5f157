open("data.csv", "w").write("x,y\n1,2\n")
